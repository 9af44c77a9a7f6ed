import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./sonicwall.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "closed",
      'id=firewall sn=C0EAE4000000 time="2024-03-03 10:22:33 UTC" fw=198.51.100.1 pri=6 c=1024 m=537 msg="Connection Closed" n=3 src=192.0.2.10:61254:X0:ws1 dst=203.0.113.5:443:X1: proto=tcp/https sent=59 rcvd=134 rule="12 (LAN->WAN)"',
      {
        "source.ip": "192.0.2.10",
        "source.port": 61254,
        "observer.ingress.interface.name": "X0",
        "source.domain": "ws1",
        "destination.port": 443,
        "network.transport": "tcp",
        "network.protocol": "https",
        "network.bytes": 193,
        "event.action": "connection-closed",
        "event.code": "537",
      },
    ],
    [
      "dropped",
      'id=firewall sn=C0EAE4000000 time="2024-03-03 10:22:33" fw=198.51.100.1 pri=1 c=64 m=36 msg="TCP connection dropped" src=198.51.100.9:4000:X1 dst=192.0.2.10:22:X0 proto=tcp/ssh fw_action="drop"',
      { "event.action": "tcp-connection-dropped", "event.outcome": "failure" },
    ],
    [
      "login",
      'id=firewall sn=C0EAE4000000 time="2024-03-03 10:22:33" fw=198.51.100.1 pri=1 m=30 msg="Administrator login denied due to bad credentials" src=198.51.100.9:4000:X1 dst=192.0.2.10:443:X0 usr="admin"',
      { "event.category": ["authentication"], "event.outcome": "failure", "user.name": "admin" },
    ],
  ]),
);
