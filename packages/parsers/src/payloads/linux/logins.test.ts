import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./logins.ts";

describe("logins", () => {
  checkPayload(payload, [
    [
      "line 1 of the fixture",
      "FAILED LOGIN (1) on '/dev/tty1' FOR 'amy', Authentication failure",
      { "user.name": "amy", "event.outcome": "failure" },
    ],
    [
      "line 3 of the fixture",
      "[INFO ] created session (access granted): username amy, ip 203.0.113.9:5000 - socket: 12",
      { "source.ip": "203.0.113.9", "source.port": 5000 },
    ],
    [
      "line 6 of the fixture",
      "<abc> Failed login for amy from 203.0.113.9 in session x (error: 0)",
      { "source.ip": "203.0.113.9", "event.outcome": "failure" },
    ],
    ["nothing known", "hello", undefined],
    ["empty", "", undefined],
  ]);
});
