import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format as combined } from "./squid-combined.ts";
import { format } from "./squid-headers.ts";

describe("squid's side logs", () => {
  checkFormat(format, [
    [
      "referrer",
      "1709461353.123 192.0.2.10 http://ref.example/ http://www.example.com/a.html\n",
      1,
      {
        "http.request.referrer": "http://ref.example/",
        "url.domain": "www.example.com",
        "source.ip": "192.0.2.10",
        "@time": "2024-03-03T10:22:33.123Z",
      },
    ],
    [
      "user agent",
      '192.0.2.10 [03/Mar/2024:11:22:33 +0100] "Mozilla/5.0 (X11)"\n',
      1,
      { "user_agent.original": "Mozilla/5.0 (X11)", "@time": "2024-03-03T10:22:33.000Z" },
    ],
  ]);
});

describe("squid's combined log", () => {
  checkFormat(combined, [
    [
      "a miss",
      '192.0.2.10 - anna [03/Mar/2024:11:22:33 +0100] "GET http://www.example.com/a.html HTTP/1.1" 200 4012 "-" "Mozilla/5.0" TCP_MISS:HIER_DIRECT\n',
      1,
      { "event.action": "TCP_MISS", "user.name": "anna", "event.type": ["access", "allowed"] },
    ],
    [
      "denied",
      '192.0.2.10 - - [03/Mar/2024:11:22:33 +0100] "CONNECT bad.example:443 HTTP/1.1" 403 4012 TCP_DENIED:HIER_NONE\n',
      1,
      { "event.action": "TCP_DENIED", "destination.port": 443, "event.type": ["access", "denied"] },
    ],
  ]);
});
