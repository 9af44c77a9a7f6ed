import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chainEntry, emptyHead, hashEntry, type LedgerEntry } from "./entry.ts";
import { openLedger } from "./ledger.ts";
import { mergeLedgers } from "./merge.ts";
import { caseFolder, draft } from "./test-case.ts";
import { verifyLedger } from "./verify.ts";

function chain(minutes: readonly number[], actor: string, start: readonly LedgerEntry[] = []): LedgerEntry[] {
  const entries = [...start];
  for (const minute of minutes)
    entries.push(chainEntry(entries.at(-1) ?? emptyHead, { ...draft(minute), actor }));
  return entries;
}

describe("mergeLedgers", () => {
  test("shared history once, then by time", () => {
    const shared = chain([1, 2], "ann");
    const merged = mergeLedgers(chain([4, 8], "ann", shared), chain([5, 6], "bob", shared));
    expect(merged.entries.map(({ from, entry }) => `${from} ${entry.at.slice(14, 16)}`)).toEqual([
      "both 01",
      "both 02",
      "first 04",
      "second 05",
      "second 06",
      "first 08",
    ]);
    expect(merged).toMatchObject({ sharedCount: 2, heads: { first: { seq: 4 }, second: { seq: 4 } } });
  });

  test.each([
    ["both empty", [], [], 0],
    ["one empty", [1], [], 1],
    ["a ledger with itself", [1, 2], [1, 2], 2],
  ])("%s", (_name, a, b, count) => {
    expect(mergeLedgers(chain(a, "ann"), chain(b, "ann")).entries).toHaveLength(count);
  });

  test("fractions of a second are compared as time, not as text", () => {
    const whole = chainEntry(emptyHead, { ...draft(1), at: "2026-03-01T09:00:00Z" });
    const half = chainEntry(emptyHead, { ...draft(1), at: "2026-03-01T09:00:00.5Z" });
    expect(mergeLedgers([half], [whole]).entries[0]!.entry).toBe(whole);
  });

  test("loses nothing, keeps each chain in order, and does not depend on which comes first", () => {
    const minutes = fc.array(fc.nat(59), { maxLength: 8 });
    fc.assert(
      fc.property(minutes, minutes, minutes, (s, a, b) => {
        const shared = chain(s, "ann");
        const first = chain(a, "ann", shared);
        const second = chain(b, "bob", shared);
        const { entries } = mergeLedgers(first, second);
        const of = (side: string) =>
          entries.filter(({ from }) => from === "both" || from === side).map((m) => m.entry);
        expect(of("first")).toEqual(first);
        expect(of("second")).toEqual(second);
        expect(mergeLedgers(second, first).entries.map((m) => m.entry)).toEqual(entries.map((m) => m.entry));
      }),
    );
  });

  test("its data, appended to the first ledger, keeps the second's entries checkable", () => {
    const dir = caseFolder();
    const second = chain([5, 6], "bob");
    const { data } = mergeLedgers([], second);
    const stored = openLedger(dir).append({ ...draft(9), action: "ledger.merge", data }).data as unknown as {
      entries: LedgerEntry[];
    };
    expect(verifyLedger(dir).ok).toBe(true);
    for (const { hash, ...body } of stored.entries) expect(hashEntry(body)).toBe(hash);
  });
});
