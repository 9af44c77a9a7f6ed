import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./meraki.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "flow",
      "flows src=192.0.2.10 dst=203.0.113.5 mac=00:18:0A:00:00:01 protocol=udp sport=55719 dport=53 pattern: allow all",
      {
        "event.action": "layer3-firewall-allowed-flow",
        "source.port": 55719,
        "network.transport": "udp",
        "source.mac": "00-18-0A-00-00-01",
      },
    ],
    [
      "denied",
      "flows deny src=192.0.2.10 dst=203.0.113.5 protocol=tcp sport=1 dport=2",
      { "event.action": "layer3-firewall-denied-flow" },
    ],
    [
      "url",
      "urls src=192.0.2.10:63735 dst=203.0.113.5:80 mac=00:18:0A:00:00:01 request: GET http://bad.example/x",
      { "url.domain": "bad.example", "http.request.method": "GET", "source.port": 63735 },
    ],
    [
      "alert",
      "security_event ids_alerted signature=1:28423:1 priority=1 timestamp=1709461353.5 direction=ingress protocol=tcp/ip src=198.51.100.9:80 dst=192.0.2.10:53023 message: EXPLOIT-KIT x",
      {
        "event.kind": "alert",
        "rule.id": "1:28423:1",
        "rule.name": "EXPLOIT-KIT x",
        "network.direction": "inbound",
        "event.action": "ids-signature-matched",
      },
    ],
    [
      "VPN",
      "events client_vpn_connect user id 'bob' local ip 10.1.1.2 connected from 198.51.100.9",
      { "user.name": "bob", "source.ip": "198.51.100.9", "event.action": "client-vpn-connect" },
    ],
    [
      "a blocked page",
      "events content_filtering_block url='http://bet.example/a' category0='Gambling' server='198.51.100.8:80' client_mac='AA:BB:CC:DD:EE:01'",
      {
        "event.action": "content-filtering-block",
        "url.domain": "bet.example",
        "rule.category": "Gambling",
        "destination.port": 80,
      },
    ],
  ]),
);
