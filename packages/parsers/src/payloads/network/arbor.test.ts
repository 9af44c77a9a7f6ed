import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./arbor.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "an attack",
      "Host Detection alert #1234, start 2024-03-05 11:10:00 GMT, duration 120, direction incoming, host 203.0.113.10, signatures (UDP), impact 1.2 Gbps/500.0 Kpps, importance 2",
      {
        "event.id": "1234",
        "destination.ip": "203.0.113.10",
        "rule.name": "UDP",
        "network.direction": "inbound",
      },
    ],
    [
      "a blocked host",
      "Blocked Host: Blocked host 198.51.100.9 at 11:12 by Invalid Packets using TCP/80 (HTTP) destination 203.0.113.10,URL: https://aps1.example.com/summary/",
      {
        "source.ip": "198.51.100.9",
        "destination.ip": "203.0.113.10",
        "destination.port": 80,
        "network.transport": "tcp",
        "rule.name": "Invalid Packets",
      },
    ],
  ]),
);
