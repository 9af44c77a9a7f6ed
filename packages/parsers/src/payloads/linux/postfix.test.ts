import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./postfix.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "SASL failed",
      "warning: unknown[198.51.100.9]: SASL LOGIN authentication failed: authentication failure",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "source.ip": "198.51.100.9",
        "source.domain": null,
        "firebreak.raw.sasl_method": "LOGIN",
      },
    ],
    [
      "SASL login",
      "4F9D195432C: client=gw.example[198.51.100.9], sasl_method=PLAIN, sasl_username=bob",
      {
        "event.outcome": "success",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.domain": "gw.example",
        "firebreak.raw.queue_id": "4F9D195432C",
      },
    ],
    [
      "queued",
      "4F9D195432C: from=<bob@example.org>, size=1234, nrcpt=1 (queue active)",
      { "email.from.address": "bob@example.org", "event.action": "mail-queued" },
    ],
    [
      "sent",
      "4F9D195432C: to=<eve@example.net>, relay=mx.example.net[203.0.113.5]:25, delay=1, dsn=2.0.0, status=sent (250 ok)",
      { "email.to.address": "eve@example.net", "event.outcome": "success" },
    ],
    [
      "rejected",
      "NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 <x>: Relay access denied; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<h>",
      { "event.action": "mail-rejected", "email.to.address": "c@d.example", "source.ip": "198.51.100.9" },
    ],
    ["other", "statistics: max connection rate", {}],
  ]),
);
