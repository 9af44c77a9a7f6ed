import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./wireguard.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "refused",
      "[82508.102168] wireguard: wg1: Invalid handshake initiation from 198.51.100.9:51820",
      {
        "event.outcome": "failure",
        "source.ip": "198.51.100.9",
        "source.port": 51820,
        "observer.ingress.interface.name": "wg1",
      },
    ],
    [
      "address",
      "wireguard: wg0: Packet has unallowed src IP (10.0.0.3) from peer 1 (198.51.100.9:51820)",
      { "firebreak.raw.inner_address": "10.0.0.3", "source.ip": "198.51.100.9" },
    ],
  ]),
);
