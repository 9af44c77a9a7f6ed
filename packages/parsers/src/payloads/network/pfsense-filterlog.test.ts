import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./pfsense-filterlog.ts";

describe("network/pfsense-filterlog", () =>
  checkPayload(payload, [
    [
      "TCP block",
      "4,,,1000000103,em0,match,block,in,4,0x0,,52,3411,0,DF,6,tcp,60,198.51.100.9,192.0.2.10,40000,22,0,S,123456,,64240,,mss;sackOK",
      {
        "event.action": "block",
        "network.direction": "inbound",
        "observer.ingress.interface.name": "em0",
        "rule.id": "1000000103",
        "source.ip": "198.51.100.9",
        "destination.ip": "192.0.2.10",
        "source.port": 40000,
        "destination.port": 22,
        "network.transport": "tcp",
        "network.bytes": 60,
        "network.type": "ipv4",
        "firebreak.raw.tcp_flags": "S",
      },
    ],
    [
      "UDP pass out",
      "82,,,1535324496,igb1,match,pass,out,4,0x0,,127,3328,0,none,17,udp,78,192.0.2.10,203.0.113.53,62425,53,58",
      {
        "event.action": "pass",
        "network.direction": "outbound",
        "observer.egress.interface.name": "igb1",
        "network.transport": "udp",
        "destination.port": 53,
      },
    ],
    [
      "UDP IPv6",
      "12,,,1770009182,igb1,match,pass,in,6,0x00,0x00000,1,UDP,17,32,fe80::1,ff02::1,546,547,32",
      {
        "network.type": "ipv6",
        "source.ip": "fe80::1",
        "source.port": 546,
        "network.transport": "udp",
        "network.bytes": 32,
      },
    ],
    [
      "ICMP",
      "4,,,1000000103,em0,match,block,in,4,0x0,,64,1,0,none,1,icmp,84,198.51.100.9,192.0.2.10,request,1,2",
      {
        "network.transport": "icmp",
        "firebreak.raw.icmp_type": "request",
        "source.port": null,
      },
    ],
    [
      "OPNsense with a rule label",
      "11,,,02f4bab031b57d1e30553ce08e0ec131,vtnet0,match,block,in,4,0x0,,64,0,0,DF,6,tcp,60,198.51.100.9,192.0.2.10,1,80,0,S,1,,1,,",
      {
        "rule.id": "02f4bab031b57d1e30553ce08e0ec131",
        "destination.port": 80,
      },
    ],
    ["cut", "4,,,1000000103,em0,match,block,in,4,0x0", { "event.action": "block" }],
    ["other", "some text", undefined],
  ]));
