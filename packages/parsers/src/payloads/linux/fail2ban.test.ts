import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./fail2ban.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "ban",
      "NOTICE [sshd] Ban 198.51.100.9",
      { "event.action": "blocked", "source.ip": "198.51.100.9", "rule.name": "sshd" },
    ],
  ]),
);
