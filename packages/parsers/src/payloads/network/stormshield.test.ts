import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./stormshield.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "pass",
      'id=firewall time="2024-03-03 10:22:33" fw="SN210" tz=+0100 startime="2024-03-03 10:22:32" pri=5 ruleid=3 rulename="out" srcifname="in" ipproto=tcp proto=https src=192.0.2.10 srcport=50000 dst=203.0.113.5 dstport=443 dstifname="wan" action=pass sent=10 rcvd=20 duration=1.5 logtype="filter"',
      {
        "event.action": "pass",
        "network.transport": "tcp",
        "network.protocol": "https",
        "rule.name": "out",
        "network.bytes": 30,
        "observer.name": "SN210",
      },
    ],
    [
      "alarm",
      'id=firewall time="2024-03-03 10:22:33" fw="SN210" tz=+0100 action=block msg="Port probe" alarmid=1 src=198.51.100.9 dst=192.0.2.10 logtype="alarm"',
      { "event.kind": "alert", "event.action": "block", "event.code": "1" },
    ],
  ]),
);
