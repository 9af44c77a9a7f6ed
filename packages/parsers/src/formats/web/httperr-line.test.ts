import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./httperr-line.ts";

describe("web/httperr-line", () => {
  checkFormat(format, [
    [
      "one line",
      "2024-03-05 10:14:02 203.0.113.9 50000 10.0.0.3 80 HTTP/1.1 GET /a?b=1 - 404 - NotFound -",
      1,
      { "source.port": 50000, "http.response.status_code": 404, "event.reason": "NotFound" },
    ],
    ["empty", "", 0, {}],
  ]);
});
