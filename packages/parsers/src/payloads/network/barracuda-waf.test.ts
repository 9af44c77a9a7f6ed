import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./barracuda-waf.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "access",
      'TR 192.0.2.1 443 198.51.100.7 4000 "-" "-" POST HTTPS www.example.com HTTP/1.1 200 2829 232 0 1127 192.0.2.20 80 10 SERVER DEFAULT PASSIVE VALID - /a.php x=1 http://ref.example/ c=1 "Mozilla/5.0 (X11)" 198.51.100.7 4000 anna gzip',
      {
        "source.ip": "198.51.100.7",
        "destination.port": 443,
        "http.response.status_code": 200,
        "http.request.method": "POST",
        "url.domain": "www.example.com",
        "url.path": "/a.php",
        "user_agent.original": "Mozilla/5.0 (X11)",
        "user.name": "anna",
      },
    ],
    [
      "attack",
      'WF ALER SQL_INJECTION_IN_PARAM 198.51.100.7 38956 192.0.2.1 80 webapp1:deny GLOBAL DENY NONE [type="sql" token="or"] POST www.example.com/cgi-bin/p.cgi HTTP REQ-0+RES-0 "Mozilla/4.0" 198.51.100.7 38956 - http://www.example.com/1',
      {
        "rule.name": "SQL_INJECTION_IN_PARAM",
        "event.action": "deny",
        "event.type": ["denied"],
        "url.path": "/cgi-bin/p.cgi",
        "source.port": 38956,
      },
    ],
    [
      "audit",
      'AUDIT admin GUI 192.0.2.7 24784 CONFIG 166 config SET virtual_ip 99 "" "WAN" []',
      { "user.name": "admin", "event.category": ["configuration"], "source.ip": "192.0.2.7" },
    ],
    ["other", "TR hello", undefined],
  ]),
);
