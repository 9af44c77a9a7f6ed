import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./paloalto.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "CORRELATION",
      '1,2024/03/05 10:00:00,0018,CORRELATION,,2561,2024/03/05 10:00:00,10.1.1.2,anna,vsys1,compromised-host,medium,0,0,0,0,,pa1,1,beacon-heuristics,6005,"Host visited known malware URL."',
      {
        "source.ip": "10.1.1.2",
        "user.name": "anna",
        "rule.name": "beacon-heuristics",
        "event.kind": "alert",
      },
    ],
    [
      "a GlobalProtect login in words",
      '1,2024/03/05 10:00:00,0018,SYSTEM,globalprotect,0,2024/03/05 10:00:00,,globalprotectgateway-auth-succ,GP,0,0,general,informational,"GlobalProtect gateway user authentication succeeded. Login from: 192.0.2.9, Source region: US, User name: anna, Auth type: profile.",1',
      { "user.name": "anna", "source.ip": "192.0.2.9", "event.outcome": "success" },
    ],
    [
      "traffic",
      "1,2024/03/03 10:22:33,007200001056,TRAFFIC,end,1210,2024/03/03 10:22:33,192.0.2.10,203.0.113.5,198.51.100.1,203.0.113.5,allow-web,corp\\alice,,ssl,vsys1,trust,untrust,ethernet1/2,ethernet1/1,fwd,2024/03/03 10:22:33,36459,1,39681,443,32326,443,0x400053,tcp,allow,43135,24629,18506,189,2024/03/03 10:20:00,30,any,0,1353226782,0x8000000000000000,Reserved,United States,0,90,99,tcp-fin,16,0,0,0,,pa1,from-policy",
      {
        "event.action": "flow_terminated",
        "event.type": ["connection", "allowed", "end"],
        "source.ip": "192.0.2.10",
        "source.nat.ip": "198.51.100.1",
        "network.bytes": 43135,
        "user.name": "alice",
        "user.domain": "corp",
        "source.user.name": "alice",
        "rule.name": "allow-web",
        "event.duration": 30000000000.0,
        "event.reason": "tcp-fin",
        "observer.name": "pa1",
        "source.packets": 90,
      },
    ],
    [
      "threat",
      '1,2024/03/03 10:22:33,01606001116,THREAT,vulnerability,1,2024/03/03 10:22:33,198.51.100.9,192.0.2.10,,,inbound,,,web-browsing,vsys1,untrust,dmz,ethernet1/2,ethernet1/2,fwd,2024/03/03 10:22:33,661375,1,1058,80,0,0,0xb000,tcp,reset-both,"a,b.php",Some Overflow(34221),any,critical,client-to-server,899904602,0x0,Reserved,Reserved,0,text/html',
      {
        "event.kind": "alert",
        "rule.name": "Some Overflow",
        "rule.id": "34221",
        "event.action": "exploit_detected",
        "log.level": "critical",
        "source.nat.port": null,
        "firebreak.raw.rule": "inbound",
        "event.category": ["intrusion_detection", "network"],
      },
    ],
    [
      "url",
      '1,2024/03/03 10:22:33,01606001116,THREAT,url,1,2024/03/03 10:22:33,192.0.2.10,203.0.113.5,,,out,bob,,web-browsing,vsys1,trust,untrust,e1,e2,fwd,2024/03/03 10:22:33,661375,1,1058,80,0,0,0xb000,tcp,block-url,"bad.example/x?y=1,2",(9999),malware-sites,informational,client-to-server,1,0x0,a,b,0,text/html',
      {
        "url.original": "bad.example/x?y=1,2",
        "url.domain": "bad.example",
        "event.action": "url_filtering",
        "event.kind": null,
      },
    ],
    [
      "system login",
      "1,2024/03/03 10:22:33,0123,SYSTEM,auth,0,2024/03/03 10:22:33,,auth-fail,,0,0,general,medium,\"failed authentication for user 'admin'. Reason: Invalid username/password. From: 198.51.100.9.\",1,0x0",
      {
        "event.category": ["authentication"],
        "event.outcome": "failure",
        "user.name": "admin",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "config",
      "1,2024/03/03 10:22:33,0123,CONFIG,0,0,2024/03/03 10:22:33,192.0.2.7,,commit,admin,Web,Succeeded,,1,0x0",
      {
        "event.category": ["configuration"],
        "event.action": "commit",
        "user.name": "admin",
        "source.ip": "192.0.2.7",
        "event.outcome": "success",
      },
    ],
    [
      "GlobalProtect",
      "1,2024/03/03 10:22:33,0123,GLOBALPROTECT,0,2561,2024/03/03 10:22:33,vsys1,gateway-auth,login,LDAP,,bob,DE,WS7,198.51.100.9,0.0.0.0,0.0.0.0,0.0.0.0,id,sn,5.2,Windows,Win10,1,,,Invalid credentials,failure,,0,,0,gw",
      {
        "event.category": ["authentication"],
        "event.outcome": "failure",
        "user.name": "bob",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "a name asked for that the device sent elsewhere",
      '1,2024/03/05 10:12:13,007200001056,THREAT,spyware,2305,2024/03/05 10:12:12,10.0.0.5,198.51.100.53,203.0.113.2,198.51.100.53,out,corp\\anna,,dns-base,vsys1,trust,untrust,eth1,eth2,fwd,2024/03/05 10:12:12,5,1,50000,53,40000,53,0x2000,udp,sinkhole,"bad.example","Suspicious DNS Query (generic:bad.example)(12000000)",any,medium,client-to-server,1234,0x0,10.0.0.0-10.255.255.255,DE,,,0,,,0,,,,,,,,0,0,0,0,,fw1,,,,,0,,0,,N/A,dns,AppThreat-0-0,0x0,0,4294967295,,,uuid,0,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,2024-03-05T10:12:13.123+01:00',
      {
        "dns.question.name": "bad.example",
        "file.name": null,
        "rule.id": "12000000",
        "event.action": "spyware_detected",
      },
    ],
    ["cut", "1,2024/03/03 10:22:33,0123,TRAFFIC,drop", { "firebreak.raw.subtype": "drop" }],
  ]),
);
