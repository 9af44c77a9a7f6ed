import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./radius.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "ok",
      "(12) Login OK: [bob] (from client ap1 port 0 cli AA-BB-CC-00-11-22)",
      {
        "event.outcome": "success",
        "event.category": ["authentication"],
        "user.name": "bob",
        "firebreak.raw.client": "ap1",
      },
    ],
    [
      "bad",
      "Auth: (3) Login incorrect (pap: wrong): [bob/secret] (from client ap1 port 0)",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "event.reason": "pap: wrong",
      },
    ],
  ]),
);
