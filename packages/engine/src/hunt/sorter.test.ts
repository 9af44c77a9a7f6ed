import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineSorter } from "./sorter.ts";

function sorted(lines: readonly { ms?: number; ns: number; line: string }[], heldChars: number): string[] {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-sort-"));
  const sorter = createLineSorter(dir, heldChars);
  const out: string[] = [];
  try {
    for (const { ms, ns, line } of lines) sorter.add(line, ms === undefined ? undefined : { ms, ns });
    sorter.finish((line) => out.push(line));
  } finally {
    sorter.close();
    rmSync(dir, { recursive: true });
  }
  return out;
}

describe("lines by time", () => {
  it("are the same whether they fit in memory or go through files, equal times as they came", () => {
    const line = fc.record(
      {
        ms: fc.integer({ min: -5, max: 5 }),
        ns: fc.nat(2),
        line: fc.string({ unit: "binary", maxLength: 40 }),
      },
      { requiredKeys: ["ns", "line"] },
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 1, max: 400 }), (given, heldChars) => {
        const lines = given.map((one, i) => ({ ...one, line: `${i} ${one.line.toWellFormed()}` }));
        const when = ({ ms = 100, ns }: { ms?: number; ns: number }) => (ms === 100 ? 1e6 : ms * 10 + ns);
        const expected = lines.toSorted((a, b) => when(a) - when(b)).map((one) => one.line);
        expect(sorted(lines, heldChars)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("more runs than are merged at once, and a line longer than what is read ahead", () => {
    const lines = Array.from({ length: 150 }, (_, i) => ({ ms: 150 - i, ns: 0, line: `${150 - i}` }));
    lines.push({ ms: 200, ns: 0, line: "x".repeat(600_000) });
    expect(sorted(lines, 1)).toEqual([
      ...Array.from({ length: 150 }, (_, i) => `${i + 1}`),
      "x".repeat(600_000),
    ]);
  });

  it("none give none", () => expect(sorted([], 1)).toEqual([]));
});
