import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./exim.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "failed",
      "plain_login authenticator failed for (x) [198.51.100.9]: 535 Incorrect authentication data (set_id=bob)",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "received",
      '1rgXxx-0005MB-00 <= bob@example.org H=gw.example [198.51.100.9]:4000 P=esmtpsa A=plain_login:bob S=812 id=abc@example.org T="hello there"',
      {
        "event.action": "mail-received",
        "user.name": "bob",
        "source.ip": "198.51.100.9",
        "email.subject": "hello there",
        "source.port": 4000,
      },
    ],
    [
      "sent",
      "1rgXxx-0005MB-00 => eve@example.net R=dnslookup T=remote_smtp H=mx.example.net [203.0.113.5]",
      { "event.action": "mail-sent", "destination.ip": "203.0.113.5", "email.to.address": "eve@example.net" },
    ],
  ]),
);
