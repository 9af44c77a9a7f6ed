import type { Picture, TimelineRow } from "@firebreak/model/picture";
import { describe, expect, test } from "vitest";
import { samplePicture } from "../../fixtures/sample-picture.ts";
import { timeline } from "./timeline.ts";

const template = samplePicture.timeline[0]!;

function rowsOf(rows: readonly Partial<TimelineRow>[]): { cells: number; text: string[] } {
  const picture: Picture = { ...samplePicture, timeline: rows.map((row) => ({ ...template, ...row })) };
  const table = timeline.build(picture).find((block) => block.kind === "table");
  if (table?.kind !== "table") throw new Error("no table");
  return { cells: table.rows.length, text: table.rows.map((cells) => JSON.stringify(cells)) };
}

const alike = (count: number, change: Partial<TimelineRow> = {}) =>
  Array.from({ length: count }, () => change);

describe("timeline", () => {
  test.each([
    ["a short run is shown whole", alike(12), 12],
    ["a long run is folded after five", alike(13), 6],
    ["another reason ends a run", [...alike(10), ...alike(10, { because: "other" })], 20],
    ["another source ends a run", [...alike(10), ...alike(10, { source: "other" })], 20],
    ["what comes after a long run is shown", [...alike(100), { because: "other" }], 7],
  ])("%s", (_name, rows, count) => {
    expect(rowsOf(rows).cells).toBe(count);
  });

  test("a folded run says how many rows it holds and cites each", () => {
    const events = Array.from({ length: 20 }, (_, i) => ({ ...template.event, ref: `4be1c07a9d32:${i}` }));
    const { text } = rowsOf(events.map((event) => ({ event })));
    expect(text[5]).toContain("15 more events");
    for (const { ref } of events.slice(5)) expect(text[5]).toContain(`"${ref}"`);
  });

  test("several reasons are told apart, by title or by id", () => {
    const because = `${samplePicture.findings[1]!.title}; ${samplePicture.findings[0]!.id}; some rule`;
    const [text] = rowsOf([{ because }]).text;
    for (const part of ['"Finding 2"', '"Finding 1"', '"some rule"']) expect(text).toContain(part);
  });
});
