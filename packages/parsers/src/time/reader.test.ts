import { formatInstant } from "@firebreak/model/time";
import { describe, expect, it } from "vitest";
import { createTimeReader, type TimeSettings } from "./reader.ts";

const iso = (text: string, settings: TimeSettings = {}) => {
  const time = createTimeReader(settings).iso(text);
  return time && `${formatInstant(time)} ${time.zone} ${time.zoneSource}${time.dst ? ` ${time.dst}` : ""}`;
};
const newYork: TimeSettings = { zone: { zone: "America/New_York", source: "case-setting" } };

describe("iso", () => {
  it.each([
    ["2023-09-20T14:32:17Z", "2023-09-20T14:32:17Z UTC in-record"],
    ["2023-09-20T14:32:17.123456789Z", "2023-09-20T14:32:17.123456789Z UTC in-record"],
    ["2023-09-20T14:32:17.1234567Z", "2023-09-20T14:32:17.1234567Z UTC in-record"],
    ["2023-09-20 10:32:17,5 -0400", "2023-09-20T14:32:17.500Z -0400 in-record"],
    ["2021-03-13T20:20:58+03:00", "2021-03-13T17:20:58Z +03:00 in-record"],
    ["2023-09-20 10:32:17 EDT", "2023-09-20T14:32:17Z -04:00 in-record"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z UTC in-record"],
    ["2023-09-20 10:32:17", "2023-09-20T10:32:17Z UTC assumed"],
  ])("%s", (text, wanted) => expect(iso(text)).toBe(wanted));

  it.each([[""], ["2023-13-01 00:00:00"], ["2023-02-29 00:00:00"], ["2023-09-20 25:00:00"], ["yesterday"]])(
    "refuses %j",
    (text) => expect(iso(text)).toBeUndefined(),
  );

  it.each([
    ["2023-09-20 10:32:17", "2023-09-20T14:32:17Z America/New_York case-setting"],
    ["2023-11-05 01:30:00", "2023-11-05T05:30:00Z America/New_York case-setting fold"],
    ["2023-03-12 02:30:00", "2023-03-12T07:30:00Z America/New_York case-setting gap"],
    ["2023-12-20 10:32:17", "2023-12-20T15:32:17Z America/New_York case-setting"],
  ])("in New York %s", (text, wanted) => expect(iso(text, newYork)).toBe(wanted));
});

describe("yearless", () => {
  const yearless = (month: number, day: number, reference: string, source: "neighbours" | "file-time") => {
    const reader = createTimeReader({ reference: { ms: Date.parse(reference), source } });
    const time = reader.yearless({ month, day, hour: 12, minute: 0, second: 0 }, "as recorded");
    return time && formatInstant(time).slice(0, 10);
  };
  it.each([
    ["not after the file's time", 9, 20, "2023-09-21T00:00:00Z", "file-time", "2023-09-20"],
    ["the year before, when it would be after", 12, 31, "2024-01-02T00:00:00Z", "file-time", "2023-12-31"],
    ["a leap day goes back to a leap year", 2, 29, "2023-06-01T00:00:00Z", "file-time", "2020-02-29"],
    ["nearest to the neighbours, also after them", 9, 25, "2023-09-20T00:00:00Z", "neighbours", "2023-09-25"],
    ["nearest to the neighbours over new year", 12, 30, "2024-01-05T00:00:00Z", "neighbours", "2023-12-30"],
  ] as const)("%s", (_, month, day, reference, source, wanted) =>
    expect(yearless(month, day, reference, source)).toBe(wanted),
  );

  it("is undated without a reference", () => {
    expect(
      createTimeReader().yearless({ month: 1, day: 1, hour: 0, minute: 0, second: 0 }, ""),
    ).toBeUndefined();
  });
});
