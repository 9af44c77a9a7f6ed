import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./zyxel.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "blocked",
      'src="198.51.100.7:4000" dst="203.0.113.1:22" msg="Match default rule, DROP" note="ACCESS BLOCK" user="unknown" devID="020000000001" cat="Security Policy Control" dir="WAN:ZyWALL" protoID=6 proto="ssh"',
      {
        "source.ip": "198.51.100.7",
        "source.port": 4000,
        "destination.port": 22,
        "network.transport": "tcp",
        "event.action": "ACCESS BLOCK",
        "event.type": ["connection", "denied"],
        "rule.name": "default rule",
        "observer.ingress.zone": "WAN",
        "user.name": null,
      },
    ],
    [
      "signed in",
      'src="192.0.2.7" dst="192.0.2.1" msg="Administrator admin from http/https has logged in Device" note="Account: admin" user="admin" devID="020000000001" cat="User"',
      { "event.category": ["authentication"], "event.outcome": "success", "user.name": "admin" },
    ],
    ["other", 'src="192.0.2.7" msg="x"', undefined],
  ]),
);
