import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./envoy.ts";

describe("web/envoy", () => {
  checkFormat(format, [
    [
      "Envoy's default",
      '[2024-05-14T08:10:23.310Z] "POST /a HTTP/2" 204 - 154 0 226 100 "203.0.113.28" "curl" "id" "shop" "tcp://10.0.2.1:80"',
      1,
      {
        "source.ip": "203.0.113.28",
        "destination.ip": "10.0.2.1",
        "destination.port": 80,
        "http.request.body.bytes": 154,
      },
    ],
    [
      "Istio's default",
      '[2024-05-14T08:10:24Z] "GET /a?b HTTP/1.1" 418 - via_upstream - "-" 0 135 4 4 "203.0.113.9" "curl" "id" "httpbin:8000" "10.44.1.27:80" out 10.44.1.23:3 10.0.45.184:8000 10.44.1.23:46520 - default',
      1,
      {
        "source.ip": "10.44.1.23",
        "network.forwarded_ip": "203.0.113.9",
        "http.response.body.bytes": 135,
        "event.outcome": "failure",
      },
    ],
    ["a month that is none", '[2024-13-14T08:10:24Z] "GET / HTTP/1.1" 200 - 0 1 1 1 "-" "x"', 0, {}],
    ["empty", "", 0, {}],
  ]);
});
