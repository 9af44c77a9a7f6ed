import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./modsecurity-audit.ts";

const record =
  '--a1b2c3d4-A--\n[05/Mar/2024:10:14:02 +0100] ZecAAAAB 203.0.113.9 50000 10.0.0.3 443\n--a1b2c3d4-B--\nGET /?id=1%27 HTTP/1.1\nHost: www.example\nUser-Agent: sqlmap\n\n--a1b2c3d4-F--\nHTTP/1.1 403 Forbidden\nContent-Type: text/html\n\n--a1b2c3d4-H--\nMessage: Access denied with code 403 (phase 2). Pattern match "x" at ARGS:id. [file "/etc/crs/x.conf"] [line "1"] [id "942100"] [msg "SQL Injection Attack"] [severity "CRITICAL"]\nAction: Intercepted (phase 2)\n\n--a1b2c3d4-Z--';

describe("web/modsecurity-audit", () => {
  checkFormat(format, [
    [
      "one",
      record,
      1,
      {
        "rule.id": "942100",
        "event.action": "blocked",
        "http.response.status_code": 403,
        "source.ip": "203.0.113.9",
      },
    ],
    ["two", `${record}\n\n${record}`, 2, {}],
    ["empty", "", 0, {}],
  ]);
});
