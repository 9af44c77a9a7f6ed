import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./netscreen.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "deny",
      'NetScreen device_id=ns1  [Root]system-notification-00257(traffic): start_time="2024-03-03 10:22:33" duration=3 policy_id=320001 service=msrpc Endpoint Mapper(tcp) proto=6 src zone=Null dst zone=self action=Deny sent=0 rcvd=16384 src=198.51.100.9 dst=192.0.2.10 src_port=1 dst_port=2',
      {
        "event.action": "denied",
        "observer.ingress.zone": "Null",
        "firebreak.raw.service": "msrpc Endpoint Mapper(tcp)",
        "event.duration": 3000000000.0,
        "destination.port": 2,
      },
    ],
  ]),
);
