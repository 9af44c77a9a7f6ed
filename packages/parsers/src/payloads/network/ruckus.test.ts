import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./ruckus.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a failed station",
      '@@201,clientAuthFailure,"apMac"="aa:bb:cc:dd:ee:00","clientMac"="aa:bb:cc:dd:ee:01","ssid"="corp","userName"="anna"',
      {
        "event.code": "201",
        "event.action": "client-auth-failure",
        "event.outcome": "failure",
        "source.mac": "AA-BB-CC-DD-EE-01",
        "user.name": "anna",
      },
    ],
    ["other", "@@x", undefined],
  ]),
);
