import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./snort.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "alert",
      "[1:2100498:7] GPL ATTACK_RESPONSE id check [Classification: Potentially Bad Traffic] [Priority: 2] {TCP} 198.51.100.9:80 -> 192.0.2.10:5000",
      {
        "event.kind": "alert",
        "rule.id": "2100498",
        "rule.name": "GPL ATTACK_RESPONSE id check",
        "rule.category": "Potentially Bad Traffic",
        "event.severity": 2,
        "source.port": 80,
        "network.transport": "tcp",
      },
    ],
    [
      "dropped, IPv6",
      '[Drop] [**] [1:366:11] "PING" [**] [Priority: 3] {ICMP} 2001:db8::9 -> 2001:db8::10',
      { "event.action": "dropped", "source.ip": "2001:db8::9", "rule.name": "PING" },
    ],
    ["other", "Initializing Network Interface eth0", undefined],
  ]),
);
