import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./strongswan.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "up",
      "12[IKE] IKE_SA roadwarrior[3] established between 192.0.2.1[gw.example]...198.51.100.9[bob@example.org]",
      { "event.action": "vpn-session-opened", "user.name": "bob@example.org", "source.ip": "198.51.100.9" },
    ],
    [
      "failed",
      "12[IKE] <rw|3> EAP method EAP_MSCHAPV2 failed for peer 198.51.100.9",
      { "event.outcome": "failure", "event.category": ["authentication"] },
    ],
    [
      "address",
      "11[IKE] assigning virtual IP 10.9.0.5 to peer 'bob@example.org'",
      { "source.nat.ip": "10.9.0.5", "user.name": "bob@example.org" },
    ],
  ]),
);
