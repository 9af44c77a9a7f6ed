import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./logind.ts";

describe("linux/logind", () =>
  checkPayload(payload, [
    [
      "new",
      "New session 12 of user alice.",
      { "event.action": "session-opened", "user.name": "alice", "firebreak.raw.session": "12" },
    ],
    [
      "new, later wording",
      "New session '12' of user 'alice' with class 'user' and type 'tty'.",
      { "user.name": "alice" },
    ],
    ["removed", "Removed session 12.", { "event.action": "session-closed" }],
    ["power", "System is rebooting.", { "event.action": "host-restarting" }],
    ["other", "Watching system buttons", {}],
  ]));
