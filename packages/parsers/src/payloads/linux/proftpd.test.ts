import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./proftpd.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "failed",
      "ftp1 (198.51.100.9[198.51.100.9]): USER bob (Login failed): Incorrect password",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.ip": "198.51.100.9",
        "event.reason": "Incorrect password",
      },
    ],
    [
      "unknown",
      "ftp1 (gw.example[198.51.100.9]): USER foo: no such user found from 198.51.100.9 [198.51.100.9] to ::ffff:192.0.2.1:21",
      { "event.outcome": "failure", "event.category": ["authentication"], "user.name": "foo" },
    ],
    ["login", "ftp1 (198.51.100.9[198.51.100.9]) - x", { "user.name": null }],
  ]),
);
