import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./watchguard.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a login that was accepted",
      'admd[1]: msg_id="1100-0004" Authentication of SSLVPN user [anna@Firebox-DB] from 192.0.2.9 was accepted',
      { "user.name": "anna", "source.ip": "192.0.2.9", "event.outcome": "success" },
    ],
    [
      "deny",
      '(2024-03-03T10:22:33) firewall: msg_id="3000-0148" Deny 0-External 1-Trusted 60 tcp 20 52 198.51.100.9 192.0.2.10 40000 22 offset 10 S 123 win 64240 (Unhandled External Packet-00)',
      {
        "event.action": "deny",
        "source.ip": "198.51.100.9",
        "destination.port": 22,
        "network.transport": "tcp",
        "rule.name": "Unhandled External Packet",
        "observer.ingress.interface.name": "0-External",
        "event.code": "3000-0148",
      },
    ],
    [
      "allow",
      'msg_id="3000-0148" Allow 1-Trusted 0-External https/tcp 192.0.2.10 203.0.113.5 50000 443 sent_bytes="10" (HTTPS-00)',
      { "event.action": "allow", "network.protocol": "https", "source.bytes": 10 },
    ],
    [
      "login",
      '(2024-03-03T10:22:33) sessiond: msg_id="3E00-0002" Management user admin@Firebox-DB from 192.0.2.7 logged in',
      { "event.category": ["authentication"], "user.name": "admin", "source.ip": "192.0.2.7" },
    ],
    [
      "a refused sign-in, told in two verbs",
      'sessiond[1234]: msg_id="3E00-0002" Management user admin@Firebox-DB from 10.0.0.9 log in attempt was rejected - Invalid credentials.',
      {
        "event.outcome": "failure",
        "event.action": "login-failed",
        "user.name": "admin",
        "source.ip": "10.0.0.9",
      },
    ],
  ]),
);
