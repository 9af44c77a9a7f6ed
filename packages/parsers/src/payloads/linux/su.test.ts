import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./su.ts";

describe("linux/su", () =>
  checkPayload(payload, [
    [
      "util-linux",
      "(to root) alice on pts/0",
      { "user.name": "alice", "user.effective.name": "root", "event.outcome": "success" },
    ],
    [
      "util-linux, refused",
      "FAILED SU (to root) bob on pts/1",
      { "user.name": "bob", "event.action": "switch-user-failed", "event.outcome": "failure" },
    ],
    ["shadow", "Successful su for root by alice", { "user.name": "alice", "user.effective.name": "root" }],
    ["shadow, refused", "FAILED su for root by bob", { "event.outcome": "failure" }],
    [
      "shadow, signs",
      "+ /dev/pts/0 alice:root",
      { "user.name": "alice", "user.effective.name": "root", "event.outcome": "success" },
    ],
    ["shadow, minus", "- /dev/pts/0 alice:root", { "event.outcome": "failure" }],
    ["BSD, refused", "BAD SU bob to root on /dev/ttyp0", { "user.name": "bob", "event.outcome": "failure" }],
    ["other", "cannot open session", undefined],
  ]));
