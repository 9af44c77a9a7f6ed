import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./accounts.ts";

describe("linux/accounts", () =>
  checkPayload(payload, [
    [
      "user",
      "new user: name=mallory, UID=1001, GID=1001, home=/home/mallory, shell=/bin/bash, from=/dev/pts/0",
      {
        "event.action": "user-created",
        "user.target.name": "mallory",
        "user.target.id": "1001",
        "firebreak.raw.shell": "/bin/bash",
        "event.category": ["iam"],
      },
    ],
    [
      "group",
      "new group: name=ops, GID=1002",
      { "event.action": "group-created", "group.name": "ops", "group.id": "1002" },
    ],
    [
      "to a group",
      "add 'mallory' to group 'sudo'",
      { "event.action": "user-added-to-group", "user.target.name": "mallory", "group.name": "sudo" },
    ],
    [
      "gpasswd",
      "user mallory added by root to group wheel",
      { "user.name": "root", "user.target.name": "mallory", "group.name": "wheel" },
    ],
    ["deleted", "delete user 'mallory'", { "event.action": "user-deleted" }],
    [
      "password",
      "password for 'mallory' changed by 'root'",
      { "event.action": "password-changed", "user.target.name": "mallory", "user.name": "root" },
    ],
    [
      "password by PAM",
      "pam_unix(passwd:chauthtok): password changed for mallory",
      { "user.target.name": "mallory" },
    ],
    ["unlocked", "unlock user 'mallory' password", { "event.action": "user-unlocked" }],
    ["failed", "failed adding user 'mallory', exit code: 9", { "event.outcome": "failure" }],
    ["other", "something else", undefined],
  ]));
