import { describe, expect, it } from "vitest";
import { formatDuration } from "./duration.ts";

describe("formatDuration", () => {
  it.each([
    [0, "0 s"],
    [2000, "2 s"],
    [-12_157_000, "3 h 22 min"],
    [86_400_000 * 5 + 3_600_000 * 3, "5 d 3 h"],
    [3_600_000, "1 h"],
  ])("%i ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
});
