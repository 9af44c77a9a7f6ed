import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./barracuda-esg.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "scanned",
      "mail.example.org[192.0.2.9] 1709637133-0a1b2c-3d4e-aaaa 1709637133 1709637134 SCAN - x@example.org anna@example.com 4.5 2 62 SZ:1234 SUBJ:hello",
      {
        "source.ip": "192.0.2.9",
        "email.from.address": "x@example.org",
        "email.subject": "hello",
        "event.action": "blocked",
        "event.code": "62",
        "source.bytes": 1234,
      },
    ],
    [
      "sent",
      "192.0.2.25 1709637133-0a1b2c-3d4e-aaaa 0 0 SEND ENC 1 ABCDEF 250 2.6.0 Queued",
      {
        "destination.ip": "192.0.2.25",
        "event.action": "delivered",
        "event.outcome": "success",
        "event.reason": "250 2.6.0 Queued",
      },
    ],
    [
      "received and refused",
      "unknown[] 1709637133-0f823d-LuzkN2 1709637133 1709637133 RECV - - 5 4 -",
      { "event.action": "deferred", "source.domain": null, "email.from.address": null },
    ],
    ["other", "scanning", undefined],
  ]),
);
