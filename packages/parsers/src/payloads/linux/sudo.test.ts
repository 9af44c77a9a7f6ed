import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./sudo.ts";

describe("linux/sudo", () =>
  checkPayload(payload, [
    [
      "command",
      "alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/cat /etc/shadow ; id",
      {
        "user.name": "alice",
        "user.effective.name": "root",
        "process.command_line": "/bin/cat /etc/shadow ; id",
        "process.executable": "/bin/cat",
        "process.working_directory": "/home/alice",
        "event.outcome": "success",
      },
    ],
    [
      "wrong password",
      "alice : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh",
      {
        "event.action": "sudo-denied",
        "event.outcome": "failure",
        "event.reason": "3 incorrect password attempts",
      },
    ],
    [
      "not in sudoers",
      "   bob : user NOT in sudoers ; TTY=pts/1 ; PWD=/tmp ; USER=root ; COMMAND=/usr/bin/id",
      {
        "user.name": "bob",
        "event.action": "sudo-denied",
      },
    ],
    [
      "group",
      "alice : TTY=unknown ; PWD=/ ; USER=root ; GROUP=adm ; COMMAND=list",
      { "group.name": "adm", "process.executable": "list" },
    ],
    ["PAM's message", "pam_unix(sudo:session): session opened for user root by alice(uid=0)", undefined],
    ["other", "unable to resolve host web1", undefined],
  ]));
