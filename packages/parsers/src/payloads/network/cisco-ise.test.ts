import { describe, expect, it } from "vitest";
import { checkPayload, readPayload } from "../../testing/payload.ts";
import { payload } from "./cisco-ise.ts";

const start = "0000000001 1 0 2024-03-05 10:00:00.123 +01:00 0000000002";

describe("network/cisco-ise", () => {
  checkPayload(payload, [
    [
      "a login",
      `CISE_Passed_Authentications ${start} 5200 NOTICE Passed-Authentication: Authentication succeeded, Device IP Address=10.1.1.1, UserName=anna, Calling-Station-ID=02-00-00-00-00-01, Framed-IP-Address=10.1.2.3,`,
      {
        "user.name": "anna",
        "event.code": "5200",
        "event.outcome": "success",
        "source.ip": "10.1.2.3",
        "source.mac": "02-00-00-00-00-01",
      },
    ],
    [
      "a refusal",
      `CISE_Failed_Attempts ${start} 5400 NOTICE Failed-Attempt: Authentication failed, UserName=anna, Calling-Station-ID=192.0.2.9, FailureReason=24408 wrong\\, again`,
      { "event.outcome": "failure", "source.ip": "192.0.2.9", "event.reason": "24408 wrong, again" },
    ],
    [
      "a further segment",
      "CISE_Passed_Authentications 0000000001 2 1 Step=1, UserName=anna,",
      { "user.name": "anna", "event.code": null },
    ],
    ["figures without ISE", `${start} 5200 NOTICE x: y`, undefined],
  ]);

  it("takes the time with its zone", () => {
    const draft = readPayload(payload, `CISE_Passed_Authentications ${start} 5200 NOTICE A: b`);
    expect(draft?.time).toMatchObject({ ms: Date.UTC(2024, 2, 5, 9, 0, 0, 123), zoneSource: "in-record" });
  });
});
