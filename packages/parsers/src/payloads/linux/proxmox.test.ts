import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./proxmox.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "failed",
      "authentication failure; rhost=::ffff:198.51.100.9 user=root@pam msg=Authentication failure",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "root",
        "user.domain": "pam",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "login",
      "<root@pam> successful auth for user 'root@pam'",
      { "event.outcome": "success", "event.category": ["authentication"], "user.name": "root" },
    ],
    [
      "task",
      "<root@pam> starting task UPID:pve1:000A:0B:65E:qmdestroy:101:root@pam:",
      { "event.action": "task-started", "service.name": "qmdestroy" },
    ],
  ]),
);
