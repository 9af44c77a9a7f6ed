import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./clearpass.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "refused",
      "Failed_Authentications 5 1 0 RADIUS.Auth-Method=PAP,Common.Username=CORP\\anna,Common.Host-MAC-Address=020000000005,Common.NAS-IP-Address=192.0.2.2,Common.Error-Code=204,Common.Alerts=Failed to classify request, no service",
      {
        "user.name": "anna",
        "user.domain": "CORP",
        "source.mac": "02-00-00-00-00-05",
        "event.outcome": "failure",
        "event.code": "204",
        "event.reason": "Failed to classify request, no service",
      },
    ],
    [
      "accepted",
      "RADIUS Sessions 6 1 0 Common.Username=bob,Common.Service=Wireless,Common.Login-Status=ACCEPT,Common.Error-Code=0",
      { "event.outcome": "success", "rule.name": "Wireless" },
    ],
    ["other", "Failed_Authentications 5 1 0 hello", undefined],
  ]),
);
