import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./firepower.ts";

const parties = {
  "source.ip": "10.1.1.2",
  "source.port": 1234,
  "destination.ip": "192.0.2.1",
  "destination.port": 443,
};

describe("network/cisco-firepower", () => {
  checkPayload(payload, [
    [
      "names of today",
      "Protocol: TCP, SrcIP: 10.1.1.2, DstIP: 192.0.2.1, SrcPort: 1234, DstPort: 443, ConnectType: End, AccessControlRuleName: out, AccessControlRuleAction: Allow, UserName: anna, InitiatorBytes: 54, ResponderBytes: 6",
      {
        ...parties,
        "user.name": "anna",
        "network.bytes": 60,
        "rule.name": "out",
        "event.action": "connection-finished",
      },
    ],
    [
      "names of before",
      "[engine (x)][pol] Connection Type: Start, User: anna, Application Protocol: HTTPS, Access Control Rule Name: out, Access Control Rule Action: Block, URL: https://www.example.com, Initiator Packets: 2, Responder Packets: 1 {TCP} 10.1.1.2:1234 -> 192.0.2.1:443",
      {
        ...parties,
        "user.name": "anna",
        "network.protocol": "https",
        "event.action": "connection-started",
        "url.domain": "www.example.com",
      },
    ],
    [
      "an intrusion",
      '[1:2000001:3] "EXAMPLE probe" [Impact: Potentially Vulnerable] From "sensor1" at Tue Mar  5 10:00:00 2024 UTC [Classification: Misc Activity] [Priority: 2] {tcp} 10.1.1.2:1234 (unknown)->192.0.2.1:443 (unknown)',
      {
        ...parties,
        "event.kind": "alert",
        "rule.id": "2000001",
        "rule.name": "EXAMPLE probe",
        "observer.name": "sensor1",
      },
    ],
    ["health", "Health Monitor: all is well", undefined],
  ]);
});
