import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./tippingpoint.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a device",
      'ALT,v4,20240113T125501+0100,"tps1"/192.0.2.22,1017,Permit,1,Low,00000002-0002-0002-0002-000000000164,"p","0164: ICMP: Echo Request (Ping)",icmp,0,198.51.100.33:0,203.0.113.91:0',
      {
        "event.action": "permit",
        "event.outcome": "success",
        "rule.id": "164",
        "network.transport": "icmp",
        "source.ip": "198.51.100.33",
      },
    ],
    [
      "the management system",
      "8\t4\t00000002-0002-0002-0002-000000000164\t00000001-0001-0001-0001-000000000164\tTest filter\t164\ttcp\t192.0.2.9\t4000\t198.51.100.3\t80\t1\t1709637133000",
      {
        "event.action": "block",
        "event.severity": 4,
        "rule.name": "Test filter",
        "rule.id": "164",
        "source.port": 4000,
        "destination.port": 80,
      },
    ],
    ["other", "ALT,x", undefined],
  ]),
);
