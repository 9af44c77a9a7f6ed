import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./sophos.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "XG",
      'device="SFW" date=2024-03-03 time=10:22:33 timezone="CET" device_name="XG430" log_id=010101600001 log_type="Firewall" log_component="Firewall Rule" log_subtype="Denied" priority=Information duration=136 fw_rule_id=2 user_name="alice" ether_type=Unknown (0x0000) in_interface="Port1" src_ip=192.0.2.10 dst_ip=203.0.113.5 protocol="TCP" src_port=59932 dst_port=443 sent_bytes=2422 recv_bytes=9586 tran_src_ip=',
      {
        "event.action": "denied",
        "event.category": ["network"],
        "source.ip": "192.0.2.10",
        "network.bytes": 12008,
        "user.name": "alice",
        "firebreak.raw.ether_type": "Unknown (0x0000)",
        "event.duration": 136000000000.0,
        "rule.id": "2",
      },
    ],
    [
      "XG intrusion",
      'device="SFW" date=2024-03-03 time=10:22:33 timezone="CET" log_type="IDP" log_component="Signatures" log_subtype="Drop" src_ip=198.51.100.9 dst_ip=192.0.2.10 signature_id=999 signature_msg="X exploit" message="x intrusion"',
      { "event.action": "drop", "rule.id": "999" },
    ],
    [
      "UTM",
      'id="2001" severity="info" sys="SecureNet" sub="packetfilter" name="Packet dropped" action="drop" fwrule="60001" initf="eth1" srcmac="00:1a:8c:00:00:01" srcip="198.51.100.9" dstip="192.0.2.10" proto="6" length="60" srcport="40000" dstport="22" tcpflags="SYN"',
      {
        "event.action": "drop",
        "observer.product": "UTM",
        "source.mac": "00-1A-8C-00-00-01",
        "destination.port": 22,
        "rule.id": "60001",
      },
    ],
    [
      "an intrusion",
      'device="SFW" date=2024-03-05 time=10:12:13 timezone="GMT" log_id=020803407001 log_type="IDP" log_component="Signatures" log_subtype="Drop" signature_id=1001 signature_msg="TEST attack" src_ip=198.51.100.7 dst_ip=203.0.113.10',
      { "event.kind": "alert", "event.category": ["intrusion_detection", "network"], "event.action": "drop" },
    ],
  ]),
);
