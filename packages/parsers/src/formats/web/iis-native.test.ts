import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./iis-native.ts";

describe("web/iis-native", () => {
  checkFormat(format, [
    [
      "request",
      "203.0.113.9, -, 3/5/2024, 10:14:02, W3SVC1, WEB1, 10.0.0.3, 15, 300, 400, 200, 0, GET, /default.htm, a=1,",
      1,
      { "source.ip": "203.0.113.9", "http.response.status_code": 200, "url.query": "a=1" },
    ],
    [
      "account of a domain",
      "203.0.113.9, CORP\\amy, 03/05/24, 22:14:03, W3SVC2, WEB1, 10.0.0.3, 15, 300, 400, 401, 5, POST, /login.aspx, -,",
      1,
      { "user.name": "amy", "user.domain": "CORP" },
    ],
    ["empty", "", 0, {}],
  ]);
});
