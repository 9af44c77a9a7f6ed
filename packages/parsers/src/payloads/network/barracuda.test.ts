import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./barracuda.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "flow",
      "Info firewall Deny: type=FWD|proto=TCP|srcIF=eth1|srcIP=198.51.100.9|srcPort=4000|srcMAC=00:18:0a:00:00:01|dstIP=192.0.2.10|dstPort=22|dstService=ssh|dstIF=eth0|rule=block|info=Rule|srcNAT=0.0.0.0|dstNAT=0.0.0.0|duration=0|count=1|receivedBytes=0|sentBytes=60|user=",
      {
        "event.action": "deny",
        "source.ip": "198.51.100.9",
        "destination.port": 22,
        "rule.name": "block",
        "network.bytes": 60,
        "source.nat.ip": null,
      },
    ],
    [
      "network",
      "NF INFO TCP 198.51.100.9 52676 192.0.2.10 80 ALLOW web traffic:allow",
      { "event.action": "allow", "source.port": 52676 },
    ],
    [
      "attack",
      "- src=198.51.100.9 spt=33217 dst=192.0.2.10 dpt=443 actionTaken=DENY attackDescription=GEO_IP_BLOCK attackDetails=GeoIP Policy Match attackGroup=Forceful Browsing requestMethod=GET",
      {
        "event.kind": "alert",
        "event.action": "deny",
        "rule.name": "GEO_IP_BLOCK",
        "rule.category": "Forceful Browsing",
      },
    ],
  ]),
);
