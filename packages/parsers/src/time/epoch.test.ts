import { describe, expect, it } from "vitest";
import { epochTime } from "./epoch.ts";
import { createTimeReader } from "./reader.ts";

const reader = createTimeReader();

describe("epochTime", () => {
  it.each([
    ["1709461353", "2024-03-03T10:22:33.000Z", 0],
    ["1709461353.25", "2024-03-03T10:22:33.250Z", 0],
    ["1709461353123", "2024-03-03T10:22:33.123Z", 0],
    ["1709461353123456", "2024-03-03T10:22:33.123Z", 456_000],
    ["1709461353123456789", "2024-03-03T10:22:33.123Z", 456_789],
  ])("reads %s", (text, iso, ns) => {
    const time = epochTime(text, reader)!;
    expect([new Date(time.ms).toISOString(), time.ns, time.zoneSource]).toEqual([iso, ns, "in-record"]);
  });
  it.each(["", "12", "17094613531", "99999999999999999999", "1709461353123.5", "0000000001", "abc"])(
    "refuses %j",
    (text) => expect(epochTime(text, reader)).toBeUndefined(),
  );
});
