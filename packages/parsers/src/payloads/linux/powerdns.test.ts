import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./powerdns.ts";

describe("linux/powerdns", () => {
  checkPayload(payload, [
    [
      "a question to the recursor",
      "5 [1/1] question for 'www.example.com|A' from 10.1.1.2:1234",
      { "source.ip": "10.1.1.2", "source.port": 1234, "dns.question.name": "www.example.com" },
    ],
    [
      "its answer",
      "2 [1/1] answer to question 'www.example.com|A': 0 answers, 0 additional, took 1 packets, rcode=3",
      { "dns.response_code": "NXDOMAIN" },
    ],
    [
      "a question to the server",
      "Remote 10.1.1.2 wants 'www.example.com|A', do = 0",
      { "source.ip": "10.1.1.2" },
    ],
    ["something else", "Creating backend connection for TCP", { "dns.question.name": null }],
  ]);
});
