import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./lfd.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "blocked",
      "(sshd) Failed SSH login from 198.51.100.9 (DE/Germany/gw.example): 5 in the last 300 secs - *Blocked in csf* [LF_SSHD]",
      {
        "event.kind": "alert",
        "event.action": "blocked",
        "source.ip": "198.51.100.9",
        "firebreak.repeat_count": 5,
        "rule.id": "LF_SSHD",
      },
    ],
    [
      "scan",
      "*Port Scan* detected from 198.51.100.9 (DE/Germany/-). 11 hits in the last 291 seconds - *Blocked in csf*",
      { "source.ip": "198.51.100.9", "event.kind": "alert" },
    ],
  ]),
);
