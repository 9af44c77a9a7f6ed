import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./web-gateway.ts";

describe("proxy/web-gateway", () => {
  checkFormat(format, [
    ["nothing", "", 0, {}],
    [
      "a virus that was stopped",
      '[05/Mar/2024:10:00:00 +0100] "anna" 10.1.1.2 403 "GET http://www.example.com/a HTTP/1.1" "Malicious Sites" "High Risk" "text/html" 1234 567 "curl" "EXAMPLE.Virus" "80" "rule"\n',
      1,
      {
        "@time": "2024-03-05T09:00:00.000Z",
        "user.name": "anna",
        "url.domain": "www.example.com",
        "destination.bytes": 1234,
        "rule.name": "EXAMPLE.Virus",
        "event.action": "blocked",
        "event.kind": "alert",
      },
    ],
    [
      "a tunnel of nobody",
      '[05/Mar/2024:10:00:00 +0100] "" 10.1.1.2 200 "CONNECT www.example.com:443 HTTP/1.1" "Business" "" "" 1 2 "" "" "0"\n',
      1,
      { "user.name": null, "url.port": 443, "event.action": "allowed" },
    ],
  ]);
});
