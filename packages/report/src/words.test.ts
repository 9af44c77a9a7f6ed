import { countOf, formatCount } from "@firebreak/model/collections";
import { describe, expect, test } from "vitest";
import { certaintyOf, confidenceWord, formatBytes, formatPeriod, formatTime } from "./words.ts";

describe("words", () => {
  test.each([
    [0, "almost no chance", "weak"],
    [10, "very unlikely", "weak"],
    [39, "unlikely", "weak"],
    [40, "roughly even chance", "suspected"],
    [60, "likely", "suspected"],
    [79, "likely", "suspected"],
    [80, "very likely", "sure"],
    [90, "almost certain", "sure"],
    [100, "almost certain", "sure"],
  ])("confidence %i is %s and %s", (confidence, word, certainty) => {
    expect(confidenceWord(confidence)).toBe(word);
    expect(certaintyOf(confidence)).toBe(certainty);
  });

  test("counts and sizes", () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
    expect([countOf(1, "record"), countOf(0, "record"), countOf(2, "entry", "entries")]).toEqual([
      "1 record",
      "0 records",
      "2 entries",
    ]);
    expect([1, 1023, 1536, 2 ** 30].map(formatBytes)).toEqual([
      "1 byte",
      "1,023 bytes",
      "1.5 KiB",
      "1.0 GiB",
    ]);
  });

  test.each([
    [null, null, "undated"],
    ["2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z", "2026-03-01 09:00:00"],
    ["2026-03-01T09:00:00Z", null, "2026-03-01 09:00:00"],
    [null, "2026-03-01T09:00:00Z", "until 2026-03-01 09:00:00"],
    ["2026-03-01T09:00:00Z", "2026-03-01T10:30:00.5Z", "2026-03-01 09:00:00 – 10:30:00"],
    ["2026-03-01T09:00:00Z", "2026-03-02T10:30:00Z", "2026-03-01 09:00:00 – 2026-03-02 10:30:00"],
  ])("period %s to %s", (first, last, text) => {
    expect(formatPeriod(first, last)).toBe(text);
  });

  test("a time keeps all its digits", () => {
    expect(formatTime("2026-03-01T09:00:00.123456700Z")).toBe("2026-03-01 09:00:00.123456700");
  });
});
