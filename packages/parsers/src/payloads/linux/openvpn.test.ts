import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./openvpn.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "up",
      "198.51.100.9:1194 [bob] Peer Connection Initiated with [AF_INET]198.51.100.9:1194",
      {
        "event.action": "vpn-session-opened",
        "user.name": "bob",
        "source.ip": "198.51.100.9",
        "source.port": 1194,
      },
    ],
    [
      "failed",
      "198.51.100.9:1194 TLS Auth Error: Auth Username/Password verification failed for peer",
      { "event.outcome": "failure", "event.category": ["authentication"], "source.ip": "198.51.100.9" },
    ],
    [
      "TLS",
      "198.51.100.9:45321 TLS Error: incoming packet authentication failed from [AF_INET]198.51.100.9:45321",
      { "event.outcome": "failure", "event.reason": "incoming packet authentication failed" },
    ],
    [
      "named client",
      "bob/198.51.100.9:1194 MULTI: Learn: 10.8.0.6 -> bob/198.51.100.9:1194",
      { "user.name": "bob", "source.nat.ip": "10.8.0.6" },
    ],
  ]),
);
