import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./haproxy.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "http",
      '198.51.100.9:33317 [03/Mar/2024:10:22:33.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html?a=1 HTTP/1.1"',
      {
        "source.ip": "198.51.100.9",
        "http.response.status_code": 200,
        "url.path": "/index.html",
        "http.request.method": "GET",
        "event.duration": 109000000.0,
        "firebreak.raw.server": "srv1",
        "event.category": ["web"],
      },
    ],
    [
      "tcp",
      "198.51.100.9:33313 [03/Mar/2024:10:22:33.655] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0",
      { "event.category": ["network"], "destination.bytes": 212 },
    ],
    [
      "handshake",
      "198.51.100.9:33313 [03/Mar/2024:10:22:33.655] fnt/1: SSL handshake failure",
      { "event.outcome": "failure", "source.ip": "198.51.100.9" },
    ],
    ["state", "Server bck/srv1 is DOWN, reason: Layer4 timeout", { "service.state": "DOWN" }],
  ]),
);
