import { describe, expect, it } from "vitest";
import { cleanIp } from "./ip.ts";

describe("cleanIp", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["0:0:0:0:0:FFFF:C000:201", "192.0.2.1"],
    ["::ffff:c000:201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
    ["[fe80::1%eth0]", "fe80::1"],
    ["0:0:0:0:0:0:0:1", "::1"],
    ["2001:0DB8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
    ["::", "::"],
    ["fe80::", "fe80::"],
    ["256.1.1.1", undefined],
    ["1.2.3", undefined],
    ["1.2.3.4.5", undefined],
    ["host", undefined],
    ["", undefined],
    ["10:11:12", undefined],
    [":::", undefined],
    ["1".repeat(100), undefined],
  ])("%s", (text, expected) => {
    expect(cleanIp(text)).toBe(expected);
  });
});
