import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./cef.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "labelled fields that hold nothing",
      "CEF:0|Acme|Gate|1|1|x|0|src=10.0.0.5 cs1Label=threatname cs1=0 cs2Label=Rule Name cs2=None cs3Label=rule_id cs3=0",
      { "rule.name": null, "rule.id": "0" },
    ],
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
    [
      "Fortinet, bytes from the firewall's side",
      "CEF:0|Fortinet|Fortigate|v7.0.0|00013|traffic:forward close|3|FTNTFGTlogid=0000000013 src=10.0.0.5 dst=192.0.2.8 act=close FTNTFGTpolicyid=3 FTNTFGTduration=12 out=500 in=900",
      {
        "source.bytes": 500,
        "destination.bytes": 900,
        "event.code": "0000000013",
        "rule.id": "3",
        "event.duration": 12e9,
      },
    ],
    [
      "Imperva Cloud WAF, the client's port and the status",
      "CEF:0|Incapsula|SIEMintegration|1|1|SQL Injection|0| src=198.51.100.7 cpt=4000 spt=443 sip=203.0.113.10 cn1=403 act=REQ_BLOCKED_SECURITY request=www.example.com/a",
      {
        "source.port": 4000,
        "destination.port": 443,
        "destination.ip": "203.0.113.10",
        "http.response.status_code": 403,
        "event.outcome": "failure",
        "event.kind": "alert",
      },
    ],
    [
      "labels that many vendors share",
      "CEF:0|Acme|Gate|1|1|x|0|src=10.0.0.5 dst=192.0.2.8 cs1Label=Rule Name cs1=out cs2Label=Source Zone cs2=trust cs3Label=Threat Name cs3=late cn1Label=Response Code cn1=404 fname=C:\\\\x\\\\a.exe",
      {
        "rule.name": "out",
        "observer.ingress.zone": "trust",
        "http.response.status_code": 404,
        "file.name": "a.exe",
      },
    ],
  ]),
);
