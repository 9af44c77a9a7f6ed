import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./postgres.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "failed",
      '[3-1] 2024-03-03 10:22:33 CET [12] bob@shop FATAL:  password authentication failed for user "bob"',
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "firebreak.raw.database": "shop",
        "log.level": "fatal",
      },
    ],
    [
      "hba",
      'FATAL:  no pg_hba.conf entry for host "198.51.100.9", user "bob", database "shop"',
      { "event.outcome": "failure", "event.category": ["authentication"], "source.ip": "198.51.100.9" },
    ],
  ]),
);
