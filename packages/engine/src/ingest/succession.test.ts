import type { ParsedEvent } from "@firebreak/model/event";
import { expect, it } from "vitest";
import { Succession } from "./succession.ts";

const minute = 60_000;
const hour = 60 * minute;
const event = (ms: number, i: number): ParsedEvent => ({
  dataset: "test/one",
  fields: {},
  offset: i * 10,
  length: 10,
  line: i + 1,
  time: { ms, ns: 0, original: "", zone: "UTC", zoneSource: "in-record" },
});
const notesOf = (times: readonly number[]) => {
  const succession = new Succession();
  for (const [i, ms] of times.entries()) succession.add(event(ms, i));
  succession.add({ dataset: "test/one", fields: {}, offset: 0, length: 1 });
  return succession.notes();
};
const hours = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => (from + i) * hour);

it.each<[string, number[], string[]]>([
  ["nothing", [], []],
  ["one", [0], []],
  ["in order", [0, 1000, 1000, 5 * minute], []],
  ["jitter", [2000, 1500, 3000], []],
  ["a little back", [10_000, 5000, 20_000], ["time runs backwards 1 times between neighbouring records"]],
  [
    "the clock set back twice",
    [2 * hour, hour, 90 * minute, 60 * minute + 2 * minute, 3 * hour],
    [
      "time runs backwards 2 times between neighbouring records",
      "the clock jumps back 2 times by a minute or more; the largest, 1 h, at byte 10, line 2",
    ],
  ],
  [
    "newest first",
    Array.from({ length: 30 }, (_, i) => (30 - i) * minute),
    ["the newest record comes first"],
  ],
  [
    "a gap",
    [...hours(0, 10), ...hours(34, 40)],
    ["no records for 1 d, from 1970-01-01T10:00:00Z to 1970-01-02T10:00:00Z"],
  ],
  [
    "two gaps, the longest told",
    [...hours(0, 10), ...hours(20, 30), ...hours(78, 80)],
    ["no records for 2 d, from 1970-01-02T06:00:00Z to 1970-01-04T06:00:00Z; 1 more gap"],
  ],
])("%s", (_, times, wanted) => expect(notesOf(times)).toEqual(wanted));
