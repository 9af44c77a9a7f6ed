import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./named.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "query",
      "client @0x7f0c74087120 192.0.2.3#61568 (bad.example): query: bad.example IN A + (192.0.2.53)",
      {
        "dns.question.name": "bad.example",
        "dns.question.type": "A",
        "source.ip": "192.0.2.3",
        "source.port": 61568,
        "destination.ip": "192.0.2.53",
      },
    ],
    [
      "stamped, with response",
      "24-Sep-2024 09:46:27.205 client 192.0.2.3#61567: UDP: query: x.example IN PTR response: NXDOMAIN +",
      { "dns.response_code": "NXDOMAIN", "dns.question.type": "PTR" },
    ],
    [
      "denied",
      "client @0x7f 198.51.100.9#4000 (x.example): query (cache) 'x.example/A/IN' denied",
      { "event.action": "dns-refused", "dns.question.name": "x.example" },
    ],
  ]),
);
