import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./dnsmasq.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "query",
      "query[AAAA] bad.example from 192.0.2.3",
      { "dns.question.name": "bad.example", "dns.question.type": "AAAA", "source.ip": "192.0.2.3" },
    ],
    [
      "reply",
      "reply bad.example is 203.0.113.5",
      { "dns.resolved_ip": ["203.0.113.5"], "event.action": "dns-answer" },
    ],
  ]),
);
