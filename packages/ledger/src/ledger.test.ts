import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "./canonical.ts";
import { openLedger } from "./ledger.ts";
import { caseFolder, draft, ledgerOf, linesOf } from "./test-case.ts";
import { readLedger, verifyLedger } from "./verify.ts";

describe("append", () => {
  test("what was appended is read back, whatever the data", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 4 }), (values) => {
        const dir = caseFolder();
        const ledger = openLedger(dir);
        const data = values.filter(isStorable);
        data.forEach((value, i) => void ledger.append(draft(i, value as JsonValue)));
        const { entries, problems } = readLedger(dir);
        expect(problems).toEqual([]);
        expect(JSON.stringify(entries.map((e) => e.data))).toBe(
          JSON.stringify(data.map((d) => sorted(d as JsonValue))),
        );
        expect(ledger.head.hash).toBe(entries.at(-1)?.hash ?? "0".repeat(64));
      }),
      { numRuns: 20 },
    );
  });

  test("the same entries give the same bytes", () => {
    expect(linesOf(ledgerOf(3))).toEqual(linesOf(ledgerOf(3)));
  });

  test("a second opening goes on where the first ended", () => {
    const dir = ledgerOf(2);
    expect(openLedger(dir).append(draft(3)).seq).toBe(3);
    expect(verifyLedger(dir)).toMatchObject({ ok: true, entries: 3 });
  });

  test.each([
    ["a local time", { at: "2026-03-01T09:00:00" }],
    ["no actor", { actor: "" }],
    ["no action", { action: "" }],
    ["a number that JSON has not", { data: Number.NaN }],
    ["data over the limit", { data: "x".repeat(17 * 1024 * 1024) }],
  ])("refuses %s and leaves the ledger as it was", (_name, change) => {
    const dir = ledgerOf(1);
    const ledger = openLedger(dir);
    expect(() => ledger.append({ ...draft(2), ...change })).toThrow();
    expect(verifyLedger(dir)).toMatchObject({ ok: true, entries: 1, problems: [] });
    expect(ledger.append(draft(2)).seq).toBe(2);
  });

  test("stops when someone else wrote to the file", () => {
    const dir = ledgerOf(1);
    const ledger = openLedger(dir);
    ledger.append(draft(2));
    openLedger(dir).append(draft(3));
    expect(() => ledger.append(draft(3))).toThrow("someone wrote to it");
  });
});

function isStorable(value: unknown): boolean {
  return JSON.stringify(value).isWellFormed();
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([k, v]) => [k, sorted(v as JsonValue)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
