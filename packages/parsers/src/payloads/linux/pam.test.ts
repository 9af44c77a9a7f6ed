import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./pam.ts";

describe("linux/pam", () =>
  checkPayload(payload, [
    [
      "session opened",
      "pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)",
      {
        "event.action": "session-opened",
        "user.name": "alice",
        "user.id": "1000",
        "service.name": "sshd",
      },
    ],
    [
      "opened by another",
      "pam_unix(sudo:session): session opened for user root(uid=0) by alice(uid=1000)",
      {
        "user.name": "alice",
        "user.id": "1000",
        "user.effective.name": "root",
      },
    ],
    [
      "session closed",
      "pam_unix(cron:session): session closed for user root",
      { "event.action": "session-closed", "user.name": "root" },
    ],
    [
      "failure",
      "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=198.51.100.9  user=root",
      {
        "event.action": "login-failed",
        "event.outcome": "failure",
        "source.ip": "198.51.100.9",
        "user.name": "root",
      },
    ],
    [
      "old wording",
      "authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=gw.example ",
      { "source.domain": "gw.example", "event.outcome": "failure" },
    ],
    [
      "more failures",
      "PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=198.51.100.9  user=root",
      { "firebreak.repeat_count": 2, "user.name": "root" },
    ],
    ["unknown user", "pam_unix(sshd:auth): check pass; user unknown", { "event.reason": "user unknown" }],
    [
      "locked",
      "pam_faillock(sshd:auth): Consecutive login failures for user bob account temporarily locked",
      { "event.action": "account-locked", "user.name": "bob" },
    ],
    [
      "password changed",
      "pam_unix(passwd:chauthtok): password changed for bob",
      { "event.category": ["iam"], "user.name": "bob" },
    ],
    ["other", "pam_env(sshd:session): deprecated reading", { "firebreak.raw.pam_module": "pam_env" }],
  ]));
