import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./unbound.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "query",
      "[7:0] info: 192.0.2.3 bad.example. A IN",
      { "dns.question.name": "bad.example", "source.ip": "192.0.2.3" },
    ],
    [
      "reply",
      "[7:0] info: 192.0.2.3 bad.example. A IN NOERROR 0.01 0 50",
      { "dns.response_code": "NOERROR" },
    ],
  ]),
);
