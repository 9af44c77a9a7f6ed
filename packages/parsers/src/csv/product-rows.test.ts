import { describe, expect, it } from "vitest";
import { productRows } from "./product-rows.ts";

describe("productRows", () => {
  it.each([
    ["nothing", [], [], undefined],
    ["another table", ["date", "user"], ["x", "y"], undefined],
    [
      "a timeline of Defender",
      ["Event Time", "Machine Id", "Computer Name", "Action Type", "Remote IP"],
      ["2024-05-14T08:10:23Z", "m", "wks-01", "ConnectionSuccess", "198.51.100.7"],
      {
        Timestamp: "2024-05-14T08:10:23Z",
        DeviceId: "m",
        DeviceName: "wks-01",
        ActionType: "ConnectionSuccess",
        RemoteIP: "198.51.100.7",
      },
    ],
    [
      "a sign-in that succeeded",
      ["Username", "IP address", "Status", "Conditional Access", "__proto__"],
      ["ann@example.org", "203.0.113.9", "Success", "Not Applied", "x"],
      {
        userPrincipalName: "ann@example.org",
        ipAddress: "203.0.113.9",
        Status: "Success",
        conditionalAccessStatus: "Not Applied",
        ["__proto__"]: "x",
        status: { errorCode: "0" },
      },
    ],
    [
      "a sign-in that succeeded, with a reason and a place",
      ["Username", "IP address", "Location", "Status", "Sign-in error code", "Failure reason"],
      ["ann@example.org", "203.0.113.9", "Oslo, Oslo, NO", "Success", "", "Other."],
      {
        userPrincipalName: "ann@example.org",
        ipAddress: "203.0.113.9",
        Location: "Oslo, Oslo, NO",
        Status: "Success",
        status: { errorCode: "0", failureReason: "Other." },
        location: { city: "Oslo", countryOrRegion: "NO" },
      },
    ],
    ["a row cut short", ["_raw", "host"], ["line"], { _raw: "line" }],
  ])("%s", (_, names, cells, expected) => {
    expect(productRows(names)?.(cells)).toEqual(expected);
  });
});
