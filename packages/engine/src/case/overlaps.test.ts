import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import { formatInstant } from "@firebreak/model/time";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { writeReject } from "../store/reject-row.ts";
import { writeEvent } from "../store/row.ts";
import { SegmentWriter } from "../store/segment.ts";
import { EventStore } from "../store/store.ts";
import { withOverlaps } from "./overlaps.ts";
import { writeRejects } from "./rejects.ts";

const dir = scratchFolder("overlaps");

type Files = Record<string, { seconds: number[]; format?: string; rejected?: number }>;
const idOf = (name: string) => Buffer.from(name).toString("hex").padEnd(12, "0").slice(0, 12);
let stores = 0;

async function storeOf(files: Files): Promise<{ store: EventStore; receipts: EvidenceReceipt[] }> {
  stores++;
  const events = new SegmentWriter(join(dir, `events-${stores}`));
  const rejects = new SegmentWriter(join(dir, `rejects-${stores}`));
  const receipts = Object.entries(files).map(([path, { seconds, format = "test/one", rejected = 0 }]) => {
    for (const [i, second] of seconds.entries()) {
      const time = { ms: second * 1000, ns: 0, original: "", zone: "UTC", zoneSource: "in-record" as const };
      const fields = { "user.name": `u${second}` };
      writeEvent(events, idOf(path), { dataset: format, time, fields, offset: i * 10, length: 10 });
    }
    for (let i = 0; i < rejected; i++)
      writeReject(rejects, idOf(path), {
        offset: 1000 - i,
        length: 1,
        ...(i === 0 && { line: 7 }),
        reason: "broken",
      });
    const at = (second: number) => formatInstant({ ms: second * 1000, ns: 0 });
    return {
      id: idOf(path),
      path,
      sha256: idOf(path),
      bytes: 100,
      format,
      records: seconds.length,
      rejected,
      undated: 0,
      first: seconds.length === 0 ? null : at(Math.min(...seconds)),
      last: seconds.length === 0 ? null : at(Math.max(...seconds)),
      zone: "in-record",
      notes: [],
      accounted: { records: 100, rejected: 0, skipped: {} },
      rejects: [],
      formats: { [format]: seconds.length },
    };
  });
  for (const writer of [events, rejects]) writer.close();
  const segments = {
    events: [{ file: events.file, rows: events.rows }],
    matches: [],
    rejects: [{ file: rejects.file, rows: rejects.rows }],
  };
  return { store: await EventStore.build(join(dir, `${stores}.duckdb`), segments), receipts };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const note = (shared: number, own: number, other: string) =>
  `${shared} of its ${own} records also stand in ${other} (same time and values): copies of one log or exports that overlap; all are counted as records, and once where series are judged`;

describe("withOverlaps", () => {
  it.each<[string, Files, Record<string, string[]>]>([
    ["one file", { a: { seconds: range(0, 9) } }, { a: [] }],
    [
      "files one after the other",
      { a: { seconds: range(0, 9) }, b: { seconds: range(20, 29) } },
      { a: [], b: [] },
    ],
    [
      "a rotated log and its copy",
      { a: { seconds: range(0, 30) }, b: { seconds: range(20, 60) } },
      { a: [note(10, 30, "b")], b: [note(10, 40, "a")] },
    ],
    [
      "other formats",
      { a: { seconds: range(0, 30) }, b: { seconds: range(0, 30), format: "test/two" } },
      { a: [], b: [] },
    ],
    [
      "two equal lines by chance",
      { a: { seconds: [1, 2, 50] }, b: { seconds: [1, 2, 60] } },
      { a: [], b: [] },
    ],
    [
      "the same line ten times",
      { a: { seconds: [5, 5, 5, 5] }, b: { seconds: [5, 5, 5] } },
      { a: [note(3, 4, "b")], b: [note(3, 3, "a")] },
    ],
  ])("%s", async (_, files, wanted) => {
    const { store, receipts } = await storeOf(files);
    const told = await withOverlaps(store, receipts);
    store.close();
    expect(Object.fromEntries(told.map(({ path, notes }) => [path, notes]))).toEqual(wanted);
  });
});

it("writes every reject, in order of its place", async () => {
  const { store, receipts } = await storeOf({ a: { seconds: [1], rejected: 30 }, b: { seconds: [] } });
  const file = join(dir, "rejects.ndjson");
  expect(await writeRejects(store, receipts, file)).toBe(30);
  store.close();
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(30);
  expect(JSON.parse(lines[0]!)).toEqual({
    ref: `${idOf("a")}:971`,
    path: "a",
    offset: 971,
    length: 1,
    reason: "broken",
  });
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ offset: 1000, line: 7 });
});
