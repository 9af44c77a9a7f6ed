import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./hillstone.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a session",
      "2500123(root) 44243625@Traffic@SESSION: 10.0.0.5:50000(trust)->198.51.100.8:443(untrust), TCP, user anna@local, policy 3, send packets 5, send bytes 500, receive packets 6, receive bytes 900, session end",
      {
        "event.code": "44243625",
        "source.bytes": 500,
        "destination.packets": 6,
        "user.name": "anna",
        "rule.id": "3",
        "event.type": ["connection", "allowed", "end"],
      },
    ],
    [
      "translation",
      "2500123(root) 46083630@Traffic@NAT: 10.0.0.5:50000->198.51.100.8:443(TCP), snat to 203.0.113.2:1024, vr trust-vr, user -",
      { "source.nat.ip": "203.0.113.2", "source.nat.port": 1024, "user.name": null },
    ],
    ["other", "1(root) x", undefined],
  ]),
);
