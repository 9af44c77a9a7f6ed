import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./privilege.ts";

describe("privilege", () => {
  checkPayload(payload, [
    [
      "line 1 of the fixture",
      "Operator of unix-session:2 successfully authenticated as unix-user:root to gain TEMPORARY authorization for action org.freedesktop.systemd1.manage-units for system-bus-name::1.9 [systemctl stop x] (owned by unix-user:amy)",
      { "user.name": "amy", "user.effective.name": "root", "event.outcome": "success" },
    ],
    [
      "line 2 of the fixture",
      "Operator of unix-session:2 FAILED to authenticate to gain authorization for action org.freedesktop.policykit.exec for unix-process:7:8 [pkexec sh] (owned by unix-user:bob)",
      { "user.name": "bob", "event.outcome": "failure" },
    ],
    [
      "line 5 of the fixture",
      "amy ran command id as root from /home/amy",
      { "user.name": "amy", "process.command_line": "id" },
    ],
    ["nothing known", "hello", undefined],
    ["empty", "", undefined],
  ]);
});
