import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./cef.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "intrusion",
      "CEF:0|Acme|Guard \\| One|1.2|201|Threat detected and blocked|9|proto=TCP src=198.51.100.9 spt=4000 dst=192.0.2.10 dpt=80 act=blocked cs1=web\\=rule cs1Label=Rule suser=alice msg=a \\= b and more rt=1709461353123",
      {
        "event.kind": "alert",
        "event.category": ["intrusion_detection", "network"],
        "event.action": "blocked",
        "observer.product": "Guard | One",
        "source.ip": "198.51.100.9",
        "destination.port": 80,
        "event.severity": 9,
        message: "a = b and more",
        "firebreak.raw.Rule": "web=rule",
        "user.name": "alice",
        "event.code": "201",
      },
    ],
    [
      "login",
      "CEF:0|Acme|Portal|1|100|User login|Low|src=192.0.2.7 duser=bob outcome=failure",
      {
        "event.category": ["authentication"],
        "event.outcome": "failure",
        "user.name": "bob",
        "event.severity": 3,
      },
    ],
    [
      "UniFi's space",
      "CEF: 0|Ubiquiti|UniFi Network|9.4|544|Admin Accessed|1|src=192.0.2.7 UNIFIhost=Dream Machine",
      { "observer.vendor": "Ubiquiti", "firebreak.raw.UNIFIhost": "Dream Machine" },
    ],
    [
      "cut header",
      "0|Ubiquiti|UniFi Network|9.3|201|Threat Detected and Blocked|7|proto=TCP src=192.0.2.7 dst=192.0.2.8",
      { "event.code": "201" },
    ],
    ["no extension", "CEF:0|a|b|c|d|e|5|", { "event.code": "d", message: "e" }],
  ]),
);
