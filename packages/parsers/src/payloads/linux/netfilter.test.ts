import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./netfilter.ts";

const tail =
  "SRC=198.51.100.9 DST=192.0.2.10 LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=1 DF PROTO=TCP SPT=40000 DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0 ";
const mac = "MAC=00:1a:2b:3c:4d:5e:00:5e:4d:3c:2b:1a:08:00";

describe("linux/netfilter", () =>
  checkPayload(payload, [
    [
      "UFW",
      `[ 1234.567890] [UFW BLOCK] IN=eth0 OUT= ${mac} ${tail}`,
      {
        "event.action": "block",
        "event.type": ["connection", "denied"],
        "rule.name": "[UFW BLOCK]",
        "source.ip": "198.51.100.9",
        "destination.ip": "192.0.2.10",
        "source.port": 40000,
        "destination.port": 22,
        "network.transport": "tcp",
        "network.bytes": 60,
        "network.direction": "inbound",
        "observer.ingress.interface.name": "eth0",
        "source.mac": "00-5E-4D-3C-2B-1A",
        "destination.mac": "00-1A-2B-3C-4D-5E",
        "firebreak.raw.tcp_flags": ["SYN"],
      },
    ],
    [
      "plain LOG has no verdict",
      `IN=eth0 OUT= ${mac} ${tail}`,
      { "event.action": null, "event.outcome": null, "rule.name": null },
    ],
    ["audit has none either", `[UFW AUDIT] IN=eth0 OUT= ${tail}`, { "event.action": null }],
    [
      "accept by prefix",
      `FW-ACCEPT: IN= OUT=eth0 ${tail}`,
      { "event.action": "accept", "network.direction": "outbound", "rule.name": "FW-ACCEPT" },
    ],
    ["forwarded", `DROP_FWD IN=eth0 OUT=eth1 ${tail}`, { "event.action": "drop", "network.direction": null }],
    ["firewalld", `filter_IN_public_REJECT: IN=eth0 OUT= ${tail}`, { "event.action": "reject" }],
    ["EdgeOS", `[WAN_LOCAL-default-D]IN=eth0 OUT= ${tail}`, { "event.action": "drop" }],
    ["a word within a word is no verdict", `DROPBOX-traffic: IN=eth0 OUT= ${tail}`, { "event.action": null }],
    [
      "UDP over IPv6",
      "IN=eth0 OUT= SRC=2001:0db8:0000:0000:0000:0000:0000:0001 DST=2001:db8::2 LEN=100 PROTO=UDP SPT=5353 DPT=53 LEN=60",
      {
        "network.transport": "udp",
        "network.bytes": 100,
        "destination.ip": "2001:db8::2",
      },
    ],
    [
      "ICMP quotes a packet",
      "IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 LEN=84 PROTO=ICMP TYPE=3 CODE=1 [SRC=203.0.113.1 DST=203.0.113.2 LEN=60 PROTO=TCP SPT=1 DPT=2 ] MARK=0x1",
      {
        "source.ip": "192.0.2.1",
        "destination.ip": "192.0.2.2",
        "source.port": null,
        "firebreak.raw.TYPE": "3",
        "firebreak.raw.MARK": "0x1",
      },
    ],
    [
      "no address",
      "IN=eth0 OUT= SRC=999.1.1.1 DST=192.0.2.2 PROTO=TCP SPT=70000 DPT=x",
      { "source.ip": null, "firebreak.raw.SRC": "999.1.1.1", "firebreak.raw.SPT": "70000" },
    ],
    ["other kernel message", "[    1.0] usb 1-1: new high-speed USB device number 2", undefined],
  ]));
