import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./ruby-logger.ts";

describe("app/ruby-logger", () => {
  checkFormat(format, [
    [
      "Logger",
      "W, [2024-03-05T10:14:03.000001 #11480]  WARN -- puppet: Denied 203.0.113.8",
      1,
      { "log.level": "WARN", "process.pid": 11_480, "process.name": "puppet" },
    ],
    [
      "a request with its lines",
      'Started POST "/in?a=1" for 203.0.113.9 at 2024-03-05 10:14:04 +0100\nProcessing by S#c as HTML\nCompleted 401 Unauthorized in 11ms (x)',
      1,
      {
        "@time": "2024-03-05T09:14:04.000Z",
        "http.response.status_code": 401,
        "url.path": "/in",
        "source.ip": "203.0.113.9",
        "event.duration": 11_000_000,
      },
    ],
    [
      "two requests",
      'Started GET "/a" for 203.0.113.9 at 2024-03-05 10:14:04 +0100\nStarted GET "/b" for 203.0.113.9 at 2024-03-05 10:14:05 +0100',
      2,
      { "url.path": "/a" },
    ],
    ["a date that is none", "E, [2024-13-05T10:14:05.000001 #7]  ERROR -- : x", 0, {}],
    ["empty", "", 0, {}],
  ]);
});
