import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./checkpoint.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "the name and number of the process before the bracket",
      'CheckPoint 26203 - [action:"Drop"; origin:"10.1.1.1"; src:"192.0.2.1"; dst:"10.1.1.2"; proto:"6"; service:"22"; s_port:"1234"]',
      { "source.ip": "192.0.2.1", "destination.port": 22, "event.action": "Drop" },
    ],
    [
      "default form",
      '- [action:"Accept"; conn_direction:"Incoming"; ifdir:"inbound"; ifname:"eth0"; loguid:"{0x1;0x2}"; origin:"192.0.2.254"; time:"1709461353"; src:"198.51.100.9"; dst:"192.0.2.10"; s_port:"4000"; service:"443"; proto:"6"; product:"VPN-1 & FireWall-1"; rule_name:"web in"; xlatedst:"0.0.0.0"]',
      {
        "event.action": "Accept",
        "network.direction": "inbound",
        "source.ip": "198.51.100.9",
        "destination.port": 443,
        "network.transport": "tcp",
        "rule.name": "web in",
        "observer.ingress.interface.name": "eth0",
        "destination.nat.ip": null,
        "event.id": "{0x1;0x2}",
      },
    ],
    [
      "structured data",
      '- [cp@2620 action="Drop" time="1709461353" product="VPN-1 & FireWall-1" src="198.51.100.9" dst="192.0.2.10" service="22" proto="6" text="a \\] b"]',
      {
        "event.action": "Drop",
        "event.outcome": "failure",
        "firebreak.raw.text": "a ] b",
        "firebreak.raw.sd_id": "cp@2620",
      },
    ],
    [
      "threat",
      '[action:"Prevent"; product:"Anti Malware"; protection_name:"Trojan.X"; src:"192.0.2.10"; dst:"203.0.113.5"; time:"1709461353"]',
      {
        "event.kind": "alert",
        "event.category": ["malware", "network"],
        "rule.name": "Trojan.X",
        "event.action": "Prevent",
      },
    ],
    [
      "bars",
      "time=1709461353|hostname=gw1|product=VPN-1 & FireWall-1|action=Reject|src=198.51.100.9|dst=192.0.2.10",
      { "event.action": "Reject" },
    ],
    [
      "change",
      '[flags:"1"; product:"SmartConsole"; operation:"Modify Object"; administrator:"admin"; time:"1709461353"]',
      { "event.category": ["configuration"], "user.name": "admin" },
    ],
    [
      "an administrator's sign-in",
      '[action:"Accept"; origin:"192.0.2.2"; time:"1709633533"; administrator:"admin"; audit_status:"Success"; client_ip:"10.0.0.9"; operation:"Log In"; product:"SmartConsole"]',
      {
        "event.action": "logged-in",
        "event.category": ["authentication"],
        "event.outcome": "success",
        "source.ip": "10.0.0.9",
        "user.name": "admin",
      },
    ],
    [
      "a user as the directory shows him, a domain as resource",
      '[action:"Prevent"; time:"1709633533"; product:"Anti-Bot"; protection_name:"Test"; resource:"bad.example"; src:"10.0.0.5"; dst:"192.0.2.1"; src_user_name:"Anna A (anna)"; severity:"4"]',
      {
        "user.name": "anna",
        "user.full_name": "Anna A",
        "url.domain": "bad.example",
        "event.severity": 4,
        "event.outcome": "failure",
      },
    ],
    [
      "without its bracket",
      'action:"Drop"; flags:"1"; ifdir:"inbound"; time:"1709633533"; dst:"203.0.113.10"; src:"198.51.100.7"; proto:"6"; service:"22"; product:"VPN-1 & FireWall-1"',
      { "source.ip": "198.51.100.7", "destination.port": 22, "network.transport": "tcp" },
    ],
  ]),
);
