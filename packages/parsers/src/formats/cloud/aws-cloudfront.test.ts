import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./aws-cloudfront.ts";

const row =
  "2024-03-05\t10:14:02\tFRA2\t392\t203.0.113.9\tGET\td1.cloudfront.example\t/i.html\t200\t-\tMozilla/5.0\ta=1\t-\tHit\tRID==\twww.example\thttps\t23\t0.001\t-\tTLSv1.2\tECDHE\tHit\tHTTP/2.0";

describe("cloud/aws-cloudfront", () => {
  checkFormat(format, [
    [
      "one row without its header",
      row,
      1,
      {
        "@time": "2024-03-05T10:14:02.000Z",
        "source.ip": "203.0.113.9",
        "http.response.status_code": 200,
        "url.domain": "d1.cloudfront.example",
        "http.version": "2.0",
      },
    ],
    ["header and row", `#Version: 1.0\n${row}`, 1, { "source.bytes": 23, "destination.bytes": 392 }],
    ["short row", row.slice(0, 60), 1, { "http.response.status_code": null }],
    ["empty", "", 0, {}],
  ]);
});
