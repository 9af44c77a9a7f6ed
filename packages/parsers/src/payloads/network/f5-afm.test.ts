import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./f5-afm.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "dropped",
      'acl_policy_name="/Common/afm",acl_rule_name="r1",action="Drop",date_time="Mar 05 2024 10:12:13",dest_ip="203.0.113.10",dest_port="22",errdefs_msgno="23003137",errdefs_msg_name="Network Event",ip_protocol="TCP",source_ip="198.51.100.7",source_port="4000"',
      {
        "event.code": "23003137",
        "event.action": "drop",
        "event.outcome": "failure",
        "source.ip": "198.51.100.7",
        "destination.port": 22,
        "rule.name": "r1",
        "network.transport": "tcp",
      },
    ],
    [
      "structured data",
      '23003137 [F5@12276 action="Established" dest_ip="203.0.113.10" errdefs_msg_name="Network Event" source_ip="198.51.100.9" translated_source_ip="10.0.0.2"]',
      { "event.type": ["connection", "allowed", "start"], "source.nat.ip": "10.0.0.2" },
    ],
    [
      "an attack",
      'action="Packet Dropped",dest_ip="203.0.113.10",dos_attack_id="27",dos_attack_name="DNS A query flood",errdefs_msg_name="Network DoS Event",source_ip="198.51.100.7"',
      { "event.kind": "alert", "rule.name": "DNS A query flood", "rule.id": "27" },
    ],
    ["other", 'a="b",c', undefined],
  ]),
);
