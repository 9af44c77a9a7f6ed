import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./squid.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "get",
      "1709461353.123    110 192.0.2.10 TCP_MISS/200 4012 GET http://bad.example/x - HIER_DIRECT/203.0.113.5 text/html",
      { "source.ip": "192.0.2.10", "http.response.status_code": 200 },
    ],
    ["other", "Starting Squid Cache", undefined],
  ]),
);
