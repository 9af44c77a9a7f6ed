import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./mikrotik.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "source translation",
      "firewall,info forward: in:bridge out:ether1, connection-state:new proto TCP (SYN), 10.1.1.2:1234->192.0.2.1:443, NAT (10.1.1.2:1234->198.51.100.1:4000)->192.0.2.1:443, len 60",
      { "source.nat.ip": "198.51.100.1", "source.nat.port": 4000, "destination.port": 443 },
    ],
    [
      "destination translation",
      "firewall,info forward: in:ether1 out:bridge, connection-state:new proto TCP (SYN), 192.0.2.9:1234->198.51.100.1:80, NAT 192.0.2.9:1234->(198.51.100.1:80->10.1.1.2:8080), len 60",
      { "destination.nat.ip": "10.1.1.2", "destination.nat.port": 8080, "source.nat.ip": null },
    ],
    [
      "drop",
      "firewall,info drop-tcp input: in:ether1-WAN out:(unknown 0), connection-state:new src-mac 00:17:10:88:bc:02, proto TCP (SYN), 198.51.100.9:59388->192.0.2.10:23, len 40",
      {
        "event.action": "dropped",
        "source.ip": "198.51.100.9",
        "destination.port": 23,
        "network.direction": "inbound",
        "observer.ingress.interface.name": "ether1-WAN",
        "observer.egress.interface.name": null,
        "network.bytes": 40,
        "rule.name": "drop-tcp",
      },
    ],
    [
      "no verdict",
      "firewall,info forward: in:bridge out:ether1, src-mac 00:17:10:88:bc:02, proto UDP, 192.0.2.10:5000->203.0.113.5:53, len 60",
      { "event.action": null, "network.transport": "udp", "network.direction": null },
    ],
    [
      "login",
      "system,info,account user admin logged in from 192.0.2.7 via winbox",
      { "event.action": "login", "user.name": "admin", "source.ip": "192.0.2.7", "event.outcome": "success" },
    ],
    [
      "login failed",
      "system,error,critical login failure for user root from 198.51.100.9 via ssh",
      { "event.outcome": "failure", "user.name": "root", "firebreak.raw.service": "ssh" },
    ],
    [
      "change",
      "system,info filter rule changed by admin",
      { "event.category": ["configuration"], "user.name": "admin" },
    ],
  ]),
);
