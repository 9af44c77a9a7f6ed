import { describe, expect, it } from "vitest";
import { assumedZonesOf, zoneShifts } from "./redate.ts";

const span = (first: string, last: string) => ({ firstMs: Date.parse(first), lastMs: Date.parse(last) });
const at = (text: string) => Date.parse(text);
const hour = 3_600_000;

describe("zoneShifts", () => {
  it.each<[string, string, string, [string, string], [number | string, number][]]>([
    ["fixed offsets", "UTC", "-04:00", ["2024-01-01", "2024-12-31"], [[-Infinity, 4 * hour]]],
    ["the same zone", "UTC", "UTC", ["2024-01-01", "2024-12-31"], [[-Infinity, 0]]],
    [
      "a zone with summer time changes where its own clock does",
      "UTC",
      "America/New_York",
      ["2024-03-01", "2024-04-01"],
      [
        [-Infinity, 5 * hour],
        // The first wall clock that exists only in summer time; 02:00 to 03:00 exists in neither and keeps the old offset.
        ["2024-03-10T03:00:00Z", 4 * hour],
      ],
    ],
    ["one instant", "UTC", "Asia/Tokyo", ["2024-03-01", "2024-03-01"], [[-Infinity, -9 * hour]]],
    [
      "from one zone with summer time to another",
      "Europe/Berlin",
      "America/New_York",
      ["2024-03-01", "2024-04-15"],
      [
        [-Infinity, 6 * hour],
        ["2024-03-10T02:00:00Z", 5 * hour],
        ["2024-03-31T01:00:00Z", 6 * hour],
      ],
    ],
  ])("%s", (_, from, to, [first, last], wanted) => {
    expect(zoneShifts(from, to, span(first, last))).toEqual(
      wanted.map(([fromMs, addMs]) => ({ fromMs: typeof fromMs === "string" ? at(fromMs) : fromMs, addMs })),
    );
  });
});

it.each<[string | null, [string, string][]]>([
  [null, []],
  ["in-record", []],
  ["UTC (assumed), in-record", [["assumed", "UTC"]]],
  [
    "America/New_York (case-setting), UTC (format-default)",
    [
      ["case-setting", "America/New_York"],
      ["format-default", "UTC"],
    ],
  ],
])("assumedZonesOf(%j)", (zone, wanted) => expect([...assumedZonesOf({ zone })]).toEqual(wanted));
