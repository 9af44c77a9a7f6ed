import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./unifi.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "associated",
      "ath0: STA 00:18:0a:00:00:01 IEEE 802.11: associated (aid 1)",
      { "event.action": "wifi-associated", "source.mac": "00-18-0A-00-00-01" },
    ],
    ["other", "ath0: AP-ENABLED", undefined],
  ]),
);
