import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./pingfederate.ts";

describe("app/pingfederate", () => {
  checkFormat(format, [
    [
      "single sign-on",
      "2024-05-14 08:10:25,456| tid:x| SSO| ann@example.org| 203.0.113.7 | https://a.example| sp| SAML20| sso| IdP| success| form| | 120",
      1,
      {
        "@time": "2024-05-14T08:10:25.456Z",
        "event.action": "SSO",
        "event.outcome": "success",
        "user.name": "ann@example.org",
        "source.ip": "203.0.113.7",
        "event.duration": 120_000_000,
      },
    ],
    [
      "with a transaction's id",
      "2024-05-14 08:10:27,789| tid:y| t-1| AUTHN_ATTEMPT| bob| 2001:db8::7| | sp| SAML20| sso| IdP| failure| form| bad| 33",
      1,
      { "user.name": "bob", "event.outcome": "failure", "event.reason": "bad", "source.ip": "2001:db8::7" },
    ],
    [
      "an administrator",
      "2024-05-14 8:10:29,001 | root | Admin | 203.0.113.8 | SP_CONN | MODIFY | shop | - Connection changed",
      1,
      { "event.action": "MODIFY", "user.name": "root", message: "Connection changed" },
    ],
    ["another program's pipes", "2024-05-14 08:10:29,001 | INFO | a | b | c | d | e", 0, {}],
    ["empty", "", 0, {}],
  ]);
});
