import { describe, expect, it } from "vitest";
import { clockWords, durationWords, parseClock } from "./setting.ts";

describe("parseClock", () => {
  it.each([
    ["UTC, 12 m 46 s slow", { zone: "UTC", aheadMs: -766_000 }],
    ["UTC 12m46s slow", { zone: "UTC", aheadMs: -766_000 }],
    ["America/New_York", { zone: "America/New_York", aheadMs: 0 }],
    ["-04:00", { zone: "-04:00", aheadMs: 0 }],
    ["UTC+5:30", { zone: "+05:30", aheadMs: 0 }],
    ["GMT-4", { zone: "-04:00", aheadMs: 0 }],
    ["90 s fast", { aheadMs: 90_000 }],
    ["1 hour and 2 minutes behind", { aheadMs: -3_720_000 }],
    ["+766 s", { aheadMs: -766_000 }],
    ["-766s", { aheadMs: 766_000 }],
    ["1.5 s ahead", { aheadMs: 1500 }],
    ["Europe/Berlin; 2 s slow", { zone: "Europe/Berlin", aheadMs: -2000 }],
    ["none", undefined],
  ])("reads %s", (text, wanted) => expect(parseClock(text)).toEqual(wanted));

  it.each([
    "",
    "soon",
    "12 parsecs slow",
    "12 m 46 s",
    "Mars/Olympus, 5 s slow",
    "+5 s slow",
    "766",
    "9999999 d slow",
    ",",
  ])("refuses %j and says what it takes", (text) => expect(() => parseClock(text)).toThrow(/slow/));

  it.each(["UTC, 12 m 46 s slow", "-04:00", "1.5 s fast", "America/New_York, 1 d 2 h slow", "none"])(
    "gives %s back in the same words",
    (text) => expect(clockWords(parseClock(text))).toBe(text),
  );
});

it.each([
  [0, "0 s"],
  [1, "0.001 s"],
  [-766_000, "12 m 46 s"],
  [3_600_000, "1 h"],
  [90_061_500, "1 d 1 h 1 m 1.5 s"],
])("durationWords(%d)", (ms, words) => expect(durationWords(ms)).toBe(words));
