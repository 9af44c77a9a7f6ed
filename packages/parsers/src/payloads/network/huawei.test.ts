import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./huawei.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "denied",
      "%%01POLICY/6/POLICYDENY(l):vsys=public, protocol=6, source-ip=10.0.0.5, source-port=50000, destination-ip=198.51.100.8, destination-port=443, rule-name=deny_all.",
      {
        "event.code": "POLICYDENY",
        "event.outcome": "failure",
        "network.transport": "tcp",
        "source.ip": "10.0.0.5",
        "destination.port": 443,
        "rule.name": "deny_all",
      },
    ],
    [
      "a session in words",
      "%%01SECLOG/6/SESSION_BUILT(l): Built an udp session, 10.0.0.5:5353 (trust) to 198.51.100.8:53 (untrust).",
      {
        "network.transport": "udp",
        "source.port": 5353,
        "observer.egress.zone": "untrust",
        "event.type": ["connection", "start"],
      },
    ],
    [
      "pairs behind a sentence",
      '%%01IPS/4/DETECT(l): An intrusion was detected. (SyslogId=1, SrcIp=198.51.100.7, DstIp=203.0.113.10, User="unknown", SignName="Test", Action=Block)',
      {
        "event.kind": "alert",
        "source.ip": "198.51.100.7",
        "rule.name": "Test",
        "user.name": null,
        "event.outcome": "failure",
      },
    ],
    [
      "H3C",
      "%%10FILTER/6/FILTER_ZONE_IPV4_EXECUTION: SrcZoneName(1025)=Trust;RuleID(1078)=3;Protocol(1001)=TCP;SrcIPAddr(1003)=10.0.0.5;DstIPAddr(1007)=198.51.100.8;DstPort(1008)=80;Event(1048)=Deny;",
      { "observer.vendor": "H3C", "rule.id": "3", "source.ip": "10.0.0.5", "event.action": "deny" },
    ],
    [
      "a sign-in",
      "%%10SHELL/5/SHELL_LOGIN: admin logged in from 10.0.0.9.",
      { "user.name": "admin", "source.ip": "10.0.0.9", "event.outcome": "success" },
    ],
    ["other", "%%x", undefined],
  ]),
);
