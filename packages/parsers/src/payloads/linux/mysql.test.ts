import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./mysql.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "denied",
      "2024-03-03T10:22:33.1Z 12 [Note] Access denied for user 'root'@'198.51.100.9' (using password: YES)",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "root",
        "source.ip": "198.51.100.9",
        "log.level": "note",
      },
    ],
  ]),
);
