import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./radware.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "dropped",
      'DefensePro: 03-03-2024 10:22:33 WARNING 703 Intrusions "HTTP-MISC-x" TCP 198.51.100.7 4000 203.0.113.1 80 1 Regular "Policy1" occur 12 3 "N/A" 0 N/A high drop FFFFFFFF-0000-0000-0000-000000000001',
      {
        "rule.name": "HTTP-MISC-x",
        "rule.ruleset": "Policy1",
        "event.action": "drop",
        "event.type": ["denied"],
        "network.packets": 12,
        "destination.port": 80,
        "event.kind": "alert",
      },
    ],
    [
      "forwarded",
      '03-03-2024 10:22:33 INFO 8 Anomalies "Invalid TCP Flags" TCP 2001:db8::7 0 2001:db8::1 0 2 Regular "Packet Anomalies" sampled 1 0 N/A 0 N/A low forward FFFF',
      { "event.action": "forward", "event.type": ["info"], "source.ip": "2001:db8::7" },
    ],
    ["other", "DefensePro: hello", undefined],
  ]),
);
