import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./cisco-wlc.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a station",
      "*apfMsConnTask_0: Mar 05 11:12:13.123: %APF-3-AUTHENTICATION_TRAP: apf_80211.c:19703 Client Authenticated: MACAddress:aa:bb:cc:dd:ee:01 User Name:anna Ip Address:10.0.0.5 SSID:corp",
      {
        "event.code": "AUTHENTICATION_TRAP",
        "source.mac": "AA-BB-CC-DD-EE-01",
        "source.ip": "10.0.0.5",
        "user.name": "anna",
        "network.name": "corp",
      },
    ],
    ["other", "*x: %APF", undefined],
  ]),
);
