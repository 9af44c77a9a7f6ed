import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./clavister.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "dropped",
      "[2024-03-03 10:22:33] EFW: RULE: prio=3 id=06000051 rev=1 event=ruleset_drop_packet action=drop rule=Default_Rule recvif=wan srcip=198.51.100.7 destip=203.0.113.1 ipproto=TCP ipdatalen=20 srcport=4000 destport=22 syn=1",
      {
        "event.code": "06000051",
        "event.action": "drop",
        "event.type": ["connection", "denied"],
        "network.transport": "tcp",
        "destination.port": 22,
        "rule.name": "Default_Rule",
      },
    ],
    [
      "closed",
      "CONN: prio=1 id=00600005 rev=1 event=conn_close_natsat action=close rule=nat conn=close connipproto=UDP connrecvif=lan connsrcip=192.0.2.10 connsrcport=5000 conndestif=wan conndestip=203.0.113.5 conndestport=53 origsent=100 termsent=200 conntime=5 connnewsrcip=198.51.100.1 connnewsrcport=20000",
      {
        "source.nat.ip": "198.51.100.1",
        "network.bytes": 300,
        "event.duration": 5e9,
        "event.type": ["connection", "allowed", "end"],
      },
    ],
    [
      "a login",
      "USERAUTH: prio=1 id=03700102 rev=1 event=user_login_failed action=none authrule=r1 username=anna client_ip=198.51.100.7",
      { "event.outcome": "failure", "user.name": "anna", "source.ip": "198.51.100.7" },
    ],
    ["other", "RULE: prio=x", undefined],
  ]),
);
