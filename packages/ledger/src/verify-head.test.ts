import { describe, expect, test } from "vitest";
import type { LedgerEntry } from "./entry.ts";
import { openLedger } from "./ledger.ts";
import { caseFolder, draft, ledgerOf, linesOf } from "./test-case.ts";
import { verifyLedger } from "./verify.ts";

function codes(dir: string, head: string): string[] {
  return verifyLedger(dir, { head }).problems.map(({ code }) => code);
}

describe("a head kept elsewhere", () => {
  test("catches a ledger that was rewritten whole", () => {
    const kept = verifyLedger(ledgerOf(4)).head.hash;
    const dir = caseFolder();
    const rewritten = openLedger(dir);
    for (let n = 1; n <= 4; n++) rewritten.append({ ...draft(n), actor: "eve" });
    expect(verifyLedger(dir).ok).toBe(true);
    expect(codes(dir, kept)).toEqual(["given-head-not-found"]);
  });

  test("of an earlier day is found, and what came later is counted", () => {
    const dir = ledgerOf(4);
    const kept = (JSON.parse(linesOf(dir)[1]!) as LedgerEntry).hash;
    const verdict = verifyLedger(dir, { head: ` ${kept.toUpperCase()}\n` });
    expect(verdict.ok).toBe(true);
    expect(verdict.problems[0]).toMatchObject({ code: "given-head-older" });
    expect(verdict.problems[0]!.message).toContain("2 later entries");
  });

  test("of the last entry says nothing", () => {
    const dir = ledgerOf(4);
    expect(codes(dir, verifyLedger(dir).head.hash)).toEqual([]);
  });
});
