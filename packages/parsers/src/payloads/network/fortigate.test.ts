import { describe, expect, it } from "vitest";
import { checkPayload, readPayload } from "../../testing/payload.ts";
import { payload } from "./fortigate.ts";

const head = 'date=2024-03-03 time=10:22:33 devname="fw1" devid="FGT1" logid="0000000013"';

describe("network/fortigate", () => {
  checkPayload(payload, [
    [
      "a lease",
      'date=2024-03-05 time=10:00:00 devname="FGT1" devid="FG1" logid="0100026001" type="event" subtype="system" level="information" logdesc="DHCP Ack log" interface="port1" dhcp_msg="Ack" mac="02:00:00:00:00:01" ip=10.1.1.77 hostname="pc7"',
      {
        "source.ip": "10.1.1.77",
        "source.mac": "02-00-00-00-00-01",
        "source.domain": "pc7",
        "event.action": "dhcp-ack",
        "url.domain": null,
      },
    ],
    [
      "a name that was resolved",
      'date=2024-03-05 time=10:00:00 devname="FGT1" devid="FG1" logid="1501054802" type="utm" subtype="dns" srcip=10.1.1.2 dstip=192.0.2.53 proto=17 service="DNS" xid=5137 qname="www.example.com" qtype="A" qclass="IN" ipaddr="192.0.2.7, 192.0.2.8" action="pass"',
      {
        "dns.resolved_ip": ["192.0.2.7", "192.0.2.8"],
        "dns.question.class": "IN",
        "network.protocol": "dns",
      },
    ],
    [
      "traffic",
      `${head} type="traffic" subtype="forward" srcip=192.0.2.10 srcport=50000 srcintf="lan" srcintfrole="lan" dstip=203.0.113.5 dstport=443 dstintf="wan1" dstintfrole="wan" policyid=7 policyname="out" proto=6 action="close" trandisp="snat" transip=198.51.100.1 transport=50000 duration=12 sentbyte=1000 rcvdbyte=5000 sentpkt=5 rcvdpkt=6 app="HTTPS"`,
      {
        "event.category": ["network"],
        "event.action": "close",
        "event.type": ["connection", "allowed"],
        "event.outcome": "success",
        "firebreak.raw.action": "close",
        "source.ip": "192.0.2.10",
        "source.port": 50000,
        "destination.ip": "203.0.113.5",
        "source.nat.ip": "198.51.100.1",
        "network.transport": "tcp",
        "network.bytes": 6000,
        "source.bytes": 1000,
        "destination.packets": 6,
        "rule.id": "7",
        "rule.name": "out",
        "network.direction": "outbound",
        "event.duration": 12e9,
        "observer.name": "fw1",
        "host.name": "fw1",
        "event.code": "0000000013",
      },
    ],
    [
      "denied",
      `${head} type="traffic" subtype="local" srcip=198.51.100.9 srcport=1 dstip=192.0.2.1 dstport=22 proto=6 action="deny" srcintfrole="wan" dstintfrole="lan" transip=0.0.0.0 transport=0`,
      {
        "event.action": "deny",
        "event.type": ["connection", "denied"],
        "network.direction": "inbound",
        "source.nat.ip": null,
        "source.nat.port": null,
      },
    ],
    [
      "intrusion",
      `${head} type="utm" subtype="ips" srcip=198.51.100.9 dstip=192.0.2.1 attack="Some.Overflow" attackid=15621 action="dropped" policyid=3 direction="incoming" msg="signature matched"`,
      {
        "event.kind": "alert",
        "event.category": ["intrusion_detection", "network"],
        "rule.name": "Some.Overflow",
        "rule.id": "15621",
        "firebreak.raw.policyid": "3",
        "event.action": "dropped",
        "network.direction": "inbound",
        message: "signature matched",
      },
    ],
    [
      "virus only seen",
      `${head} type="utm" subtype="virus" action="monitored" virus="EICAR" filename="a.exe" filehash="${"a1".repeat(32)}"`,
      {
        "event.kind": "alert",
        "event.action": "monitored",
        "event.type": ["info"],
        "event.outcome": null,
        "file.name": "a.exe",
        "file.hash.sha256": "a1".repeat(32),
      },
    ],
    [
      "web filter",
      `${head} type="utm" subtype="webfilter" action="blocked" hostname="bad.example" url="/a.php?x=1" user="alice"`,
      {
        "event.action": "blocked",
        "url.domain": "bad.example",
        "url.path": "/a.php",
        "url.query": "x=1",
        "user.name": "alice",
        "event.kind": null,
      },
    ],
    [
      "VPN login failed",
      `${head} type="event" subtype="vpn" action="ssl-login-fail" remip=198.51.100.9 user="bob" group="N/A" reason="sslvpn_login_permission_denied"`,
      {
        "event.category": ["authentication"],
        "event.outcome": "failure",
        "event.action": "ssl-login-fail",
        "source.ip": "198.51.100.9",
        "user.name": "bob",
        "user.group.name": null,
      },
    ],
    [
      "VPN tunnel up",
      `${head} type="event" subtype="vpn" action="tunnel-up" tunneltype="ssl-tunnel" remip=198.51.100.9 tunnelip=10.212.134.200 user="bob"`,
      {
        "event.category": ["authentication"],
        "event.outcome": "success",
        "event.type": ["start"],
      },
    ],
    [
      "administrator",
      `${head} type="event" subtype="system" logdesc="Admin login successful" action="login" status="success" user="admin" ui="https(192.0.2.7)"`,
      {
        "event.category": ["authentication"],
        "event.outcome": "success",
        "source.ip": "192.0.2.7",
        "user.name": "admin",
      },
    ],
    [
      "configuration",
      `${head} type="event" subtype="system" logdesc="Attribute configured" user="admin" ui="GUI(192.0.2.7)" action="Add" cfgpath="system.admin" cfgobj="mallory"`,
      {
        "event.category": ["configuration"],
        "event.type": ["creation"],
        "firebreak.raw.cfgpath": "system.admin",
        "user.target.name": "mallory",
        "firebreak.raw.action": "Add",
      },
    ],
    [
      "quoted text",
      `${head} type="event" subtype="system" msg="He said \\"hi\\", ok"`,
      { message: 'He said "hi", ok' },
    ],
    [
      "address that is none",
      `${head} type="traffic" srcip=x dstip=192.0.2.1 srcport=99999`,
      { "source.ip": null, "firebreak.raw.srcip": "x", "firebreak.raw.srcport": "99999" },
    ],
    ["other", "date=2024-03-03 hello", undefined],
  ]);

  const at = (text: string) => {
    const time = readPayload(payload, text)!.time!;
    return [new Date(time.ms).toISOString(), time.ns, time.zoneSource];
  };
  it.each([
    [
      "nanoseconds",
      `${head} eventtime=1709457753123456789 tz="+0100"`,
      ["2024-03-03T09:22:33.123Z", 456_789, "in-record"],
    ],
    [
      "another moment than the record's own date",
      `${head} eventtime=1709457753123456789 tz="-0500"`,
      ["2024-03-03T15:22:33.000Z", 0, "in-record"],
    ],
    ["seconds", `${head} eventtime=1709457753`, ["2024-03-03T09:22:33.000Z", 0, "in-record"]],
    ["cut epoch", `${head} eventtime=17094577 tz="-0500"`, ["2024-03-03T15:22:33.000Z", 0, "in-record"]],
    ["zone", `${head} tz="+0100"`, ["2024-03-03T09:22:33.000Z", 0, "in-record"]],
    ["nothing", head, ["2024-03-03T10:22:33.000Z", 0, "assumed"]],
  ])("time: %s", (_, text, expected) => expect(at(text)).toEqual(expected));
});
