import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./versa.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a flow",
      "2024-03-05T11:12:13+0000 accessLog, applianceName=Branch1, tenantName=T1, sentOctets=100, recvdOctets=200, eventType=end, sourceIPv4Address=10.0.0.5, destinationPort=443, ipProtocol=6, action=allow, rule=out, fromUser=anna",
      {
        "observer.name": "Branch1",
        "source.bytes": 100,
        "network.bytes": 300,
        "destination.port": 443,
        "event.type": ["connection", "allowed", "end"],
        "user.name": "anna",
        "rule.name": "out",
      },
    ],
    ["other", "2024-03-05T11:12:13+0000 accessLog, x=1", undefined],
  ]),
);
