import { describe, expect, it } from "vitest";
import { findMode } from "./mode.ts";
import { offsetName, splitOffset } from "./split.ts";

const many = (count: number, diff: (i: number) => number, name = "k") =>
  Array.from({ length: count }, (_, i) => ({ key: `${name}${i}`, diffMs: diff(i) }));

describe("findMode", () => {
  it("has nothing to say without differences", () => expect(findMode([])).toBeUndefined());

  it.each([
    ["one", many(1, () => 5000), { offsetMs: 5000, anchors: 1, spreadMs: 0 }],
    [
      "many to the second",
      many(20, (i) => 766_000 + (i % 3) * 500),
      { offsetMs: 766_500, anchors: 20, spreadMs: 1000 },
    ],
    [
      "among chance pairs",
      [...many(12, (i) => -766_000 + (i % 2) * 300), ...many(40, (i) => i * 977_777 - 9_000_000, "chance")],
      { anchors: 12, spreadMs: 300 },
    ],
    [
      "one key with many pairs counts once",
      [...many(5, () => 60_000), ...Array.from({ length: 30 }, () => ({ key: "reused", diffMs: -120_000 }))],
      { offsetMs: 60_000, anchors: 5, runnerUp: { offsetMs: -120_000, anchors: 1 } },
    ],
    [
      "two offsets that fit alike are both told",
      [...many(6, () => 0, "a"), ...many(5, () => 3_600_000, "b")],
      { offsetMs: 0, anchors: 6, runnerUp: { offsetMs: 3_600_000, anchors: 5 } },
    ],
  ])("%s", (_, differences, wanted) => expect(findMode(differences)).toMatchObject(wanted));

  it("gives the same for any order", () => {
    const differences = [...many(9, (i) => 4000 + i * 100), ...many(5, (i) => i * 1e6, "z")];
    expect(findMode([...differences].reverse())?.offsetMs).toBe(findMode(differences)?.offsetMs);
  });
});

const m = 60_000;
it.each([
  ["no difference", 900, 0, true, { zoneMs: 0, errorMs: 0 }],
  ["whole hours", -4 * 60 * m + 700, 0, true, { zoneMs: -240 * m, errorMs: 0 }],
  ["half hours", 330 * m, 0, true, { zoneMs: 330 * m, errorMs: 0 }],
  ["the clock alone", -766_000, 1000, true, { zoneMs: 0, errorMs: -766_000 }],
  ["both", 5 * 60 * m - 766_000, 1000, true, { zoneMs: 300 * m, errorMs: -766_000 }],
  [
    "whole hours of a source whose records state their zone",
    60 * m,
    0,
    false,
    { zoneMs: 0, errorMs: 60 * m },
  ],
  ["more than any zone", 20 * 60 * m, 0, true, { zoneMs: 0, errorMs: 1200 * m }],
  ["within the spread", 7000, 8000, true, { zoneMs: 0, errorMs: 0 }],
])("splitOffset: %s", (_, offset, spread, mayDiffer, wanted) =>
  expect(splitOffset(offset, spread, mayDiffer)).toEqual(wanted),
);

it.each([
  [0, "UTC"],
  [-240 * m, "-04:00"],
  [345 * m, "+05:45"],
])("offsetName(%d)", (ms, name) => expect(offsetName(ms)).toBe(name));
