import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./bluecoat.ts";

describe("proxy/bluecoat as pairs", () => {
  checkPayload(payload, [
    [
      "a request",
      'SPLV5.1 c-ip=10.1.1.2 cs-bytes=6269 cs-host=www.example.com cs-method=GET cs-uri-path=/a cs-User-Agent="curl" cs-username=anna s-action=TCP_HIT sc-filter-result=DENIED sc-status=403',
      {
        "source.ip": "10.1.1.2",
        "user.name": "anna",
        "http.response.status_code": 403,
        "event.action": "TCP_HIT",
        "url.domain": "www.example.com",
      },
    ],
    ["no method", "c-ip=10.1.1.2 cs-bytes=1", undefined],
  ]);
});
