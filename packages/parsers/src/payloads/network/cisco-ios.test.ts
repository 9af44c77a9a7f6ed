import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./cisco-ios.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "access list",
      "%SEC-6-IPACCESSLOGP: list INET-BLOCK denied tcp 198.51.100.9(55244) -> 192.0.2.10(22), 1 packet",
      {
        "event.action": "denied",
        "rule.name": "INET-BLOCK",
        "source.port": 55244,
        "destination.port": 22,
        "network.packets": 1,
        "event.code": "IPACCESSLOGP",
      },
    ],
    [
      "login failed",
      "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: bob] [Source: 198.51.100.9] [localport: 22] [Reason: Login Authentication Failed] at 10:22:33 UTC Sun Mar 3 2024",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "login",
      "%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: admin] [Source: 192.0.2.7] [localport: 22] at 10:22:33 UTC",
      { "event.outcome": "success", "event.category": ["authentication"] },
    ],
    [
      "configured",
      "%SYS-5-CONFIG_I: Configured from console by admin on vty0 (192.0.2.7)",
      { "event.category": ["configuration"], "user.name": "admin", "source.ip": "192.0.2.7" },
    ],
    [
      "command",
      "%PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:username mallory privilege 15",
      { "process.command_line": "username mallory privilege 15", "user.name": "admin" },
    ],
    [
      "other",
      "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/0, changed state to down",
      { "event.action": "updown", "event.severity": 5 },
    ],
  ]),
);
