import { describe, expect, it } from "vitest";
import { checkPayload, readPayload } from "../../testing/payload.ts";
import { payload } from "./netscreen.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "both ends translated",
      'NetScreen device_id=ns1 [Root]system-notification-00257(traffic): start_time="2024-03-05 10:00:00" duration=0 policy_id=244 service=https proto=6 src zone=Trust dst zone=Untrust action=Permit sent=0 rcvd=0 src=10.1.1.2 dst=192.0.2.1 src_port=1732 dst_port=443 src-xlated ip=198.51.100.1 port=22041 dst-xlated ip=192.0.2.7 port=8443 session_id=1 reason=Creation',
      {
        "source.nat.ip": "198.51.100.1",
        "source.nat.port": 22041,
        "destination.nat.ip": "192.0.2.7",
        "destination.nat.port": 8443,
      },
    ],
    [
      "deny",
      'NetScreen device_id=ns1  [Root]system-notification-00257(traffic): start_time="2024-03-03 10:22:33" duration=3 policy_id=320001 service=msrpc Endpoint Mapper(tcp) proto=6 src zone=Null dst zone=self action=Deny sent=0 rcvd=16384 src=198.51.100.9 dst=192.0.2.10 src_port=1 dst_port=2',
      {
        "event.action": "Deny",
        "observer.ingress.zone": "Null",
        "firebreak.raw.service": "msrpc Endpoint Mapper(tcp)",
        "event.duration": 3000000000.0,
        "destination.port": 2,
      },
    ],
    [
      "sign-in refused",
      'NetScreen device_id=ns1  [Root]system-warning-00518: Admin user "ann" login attempt for Web(https) management (port 443) from 198.51.100.7:4000 failed. (2024-03-05 10:12:13)',
      {
        "event.action": "login-failed",
        "event.outcome": "failure",
        "user.name": "ann",
        "source.ip": "198.51.100.7",
        "source.port": 4000,
      },
    ],
    [
      "sign-out",
      'NetScreen device_id=ns1  [Root]system-warning-00515: Admin user "ann" has logged out via Web from 192.0.2.7. (2024-03-05 10:12:13)',
      { "event.action": "logout", "event.outcome": "success", "source.ip": "192.0.2.7" },
    ],
    [
      "attack",
      "NetScreen device_id=ns1  [Root]system-emergency-00005: SYN flood! From 198.51.100.7:4000 to 203.0.113.10:80, proto TCP (zone Untrust, int ethernet1). Occurred 1 times. (2024-03-05 10:12:13)",
      {
        "event.kind": "alert",
        "rule.name": "SYN flood",
        "source.port": 4000,
        "destination.ip": "203.0.113.10",
        "destination.port": 80,
        "network.transport": "tcp",
      },
    ],
  ]),
);

it("takes the message's own time", () => {
  const line =
    'NetScreen device_id=ns1 [Root]system-notification-00257(traffic): start_time="2024-03-05 10:00:00" src=192.0.2.1';
  expect(readPayload(payload, line)?.time?.ms).toBe(Date.UTC(2024, 2, 5, 10));
});
