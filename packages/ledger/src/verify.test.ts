import * as fs from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical.ts";
import { chainEntry, hashEntry, type LedgerEntry } from "./entry.ts";
import { openLedger } from "./ledger.ts";
import { caseFolder, draft, ledgerOf, linesOf, writeLines } from "./test-case.ts";
import { verifyLedger } from "./verify.ts";

function codes(dir: string): string[] {
  const { problems } = verifyLedger(dir);
  return problems.map(({ code, line }) => (line === undefined ? code : `${code}@${line}`));
}

/** The line with `change` applied and its hash computed anew, as a careful forger would. */
function forged(line: string, change: Partial<LedgerEntry>): string {
  const { hash: _, ...body } = { ...(JSON.parse(line) as LedgerEntry), ...change };
  return canonicalJson({ ...body, hash: hashEntry(body) });
}

describe("an intact ledger", () => {
  test.each([0, 1, 2, 40])("of %i entries verifies", (count) => {
    const verdict = verifyLedger(ledgerOf(count));
    expect(verdict).toMatchObject({ ok: true, entries: count, problems: [] });
    expect(verdict.head.seq).toBe(count);
  });

  test("of a folder that does not exist is empty", () => {
    expect(verifyLedger(join(caseFolder(), "none"))).toMatchObject({ ok: true, entries: 0 });
  });
});

describe("tampering is named with its line", () => {
  const cases: [string, (lines: string[]) => string[], string[]][] = [
    ["an edited value", (l) => l.with(2, l[2]!.replace("step 3", "step 9")), ["entry-edited@3"]],
    [
      "an edited value, hash computed anew",
      (l) => l.with(2, forged(l[2]!, { actor: "eve" })),
      ["entry-edited@3"],
    ],
    [
      "the last entry edited, hash computed anew",
      (l) => l.with(4, forged(l[4]!, { actor: "eve" })),
      ["head-mismatch"],
    ],
    ["white space", (l) => l.with(1, l[1]!.replace(":", ": ")), ["entry-edited@2"]],
    [
      "another key order",
      (l) => l.with(1, JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(l[1]!)).reverse()))),
      ["entry-edited@2"],
    ],
    ["a repeated key", (l) => l.with(1, l[1]!.replace("{", '{"action":"note.add",')), ["entry-edited@2"]],
    [
      "an extra key",
      (l) => l.with(1, forged(l[1]!, { extra: 1 } as Partial<LedgerEntry>)),
      ["entry-edited@2"],
    ],
    ["no JSON", (l) => l.with(1, "\u0000"), ["entry-edited@2"]],
    ["an empty line added", (l) => l.toSpliced(2, 0, ""), ["entry-edited@3"]],
    ["a removed line", (l) => l.toSpliced(2, 1), ["entry-removed@3"]],
    ["two removed lines", (l) => l.toSpliced(1, 2), ["entry-removed@2"]],
    ["the first line removed", (l) => l.toSpliced(0, 1), ["entry-removed@1"]],
    [
      "two lines exchanged",
      (l) => l.with(1, l[2]!).with(2, l[1]!),
      ["entry-reordered@2", "entry-reordered@3"],
    ],
    ["a line twice", (l) => l.toSpliced(2, 0, l[1]!), ["entry-repeated@3"]],
    ["the last line cut off", (l) => l.slice(0, 4), ["ledger-truncated@5"]],
    ["all lines cut off", () => [], ["ledger-truncated@1"]],
    ["an entry appended by hand", (l) => [...l, byHand(l)], ["entry-appended-by-hand@6"]],
    ["rubbish appended by hand", (l) => [...l, "{}"], ["entry-edited@6", "entry-appended-by-hand@6"]],
    [
      "a seq beyond reason",
      (l) => l.with(4, forged(l[4]!, { seq: 2 ** 53 - 1 })),
      ["entry-removed@5", "head-mismatch"],
    ],
  ];

  function byHand(lines: string[]): string {
    const { seq, hash } = JSON.parse(lines.at(-1)!) as LedgerEntry;
    return canonicalJson({ ...chainEntry({ seq, hash }, draft(6)) });
  }

  test.each(cases)("%s", (_name, tamper, expected) => {
    const dir = ledgerOf(5);
    writeLines(dir, tamper(linesOf(dir)));
    expect(codes(dir)).toEqual(expected);
    expect(verifyLedger(dir).ok).toBe(false);
    expect(() => openLedger(dir)).toThrow("not intact");
  });

  test("the head file removed, emptied, edited or of another ledger", () => {
    const dir = ledgerOf(3);
    const head = join(dir, "ledger.head");
    const other = fs.readFileSync(join(ledgerOf(2), "ledger.head"));
    fs.writeFileSync(head, other);
    expect(codes(dir)).toEqual(["entry-appended-by-hand@3"]);
    fs.writeFileSync(head, "");
    expect(codes(dir)).toEqual(["head-unreadable"]);
    fs.rmSync(head);
    expect(codes(dir)).toEqual(["head-missing"]);
  });
});
