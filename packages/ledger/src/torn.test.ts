import * as fs from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chainEntry, entryLine } from "./entry.ts";
import { writeHead } from "./files.ts";
import { openLedger } from "./ledger.ts";
import { draft, ledgerOf } from "./test-case.ts";
import { readLedger, verifyLedger } from "./verify.ts";

/** The folder as a crash leaves it: the next entry is announced and `written` bytes of its line are on disk. */
function crashed(count: number, written: number): { dir: string; line: Buffer } {
  const dir = ledgerOf(count);
  const { head } = verifyLedger(dir);
  const entry = chainEntry(head, draft(count + 1));
  const line = entryLine(entry);
  writeHead(dir, { ...head, next: entry.hash });
  fs.appendFileSync(join(dir, "ledger.jsonl"), line.subarray(0, written));
  return { dir, line };
}

describe("after a crash", () => {
  test("at every byte of a line, nothing is lost and the ledger goes on", () => {
    const length = crashed(2, 0).line.length;
    for (let written = 0; written <= length; written++) {
      const { dir, line } = crashed(2, written);
      const isTorn = written > 0 && written < length;
      expect(verifyLedger(dir).ok).toBe(!isTorn);
      openLedger(dir).append(draft(9));
      const { entries, problems } = readLedger(dir);
      expect(problems.filter(({ severity }) => severity !== "info")).toEqual([]);
      expect(entries.map(({ action }) => action)).toEqual([
        "note.add",
        "note.add",
        ...(isTorn ? ["ledger.torn"] : written === length ? ["note.add"] : []),
        "note.add",
      ]);
      if (isTorn) expect(fs.readFileSync(join(dir, "ledger.torn-1"))).toEqual(line.subarray(0, written));
    }
  });

  test("between keeping the torn line and recording it, the record is made later", () => {
    const { dir } = crashed(2, 20);
    fs.writeFileSync(join(dir, "ledger.torn-1"), fs.readFileSync(join(dir, "ledger.jsonl")).subarray(-20));
    openLedger(dir).append(draft(9));
    expect(fs.existsSync(join(dir, "ledger.torn-2"))).toBe(false);
    expect(readLedger(dir).entries[2]).toMatchObject({
      action: "ledger.torn",
      data: { file: "ledger.torn-1", bytes: 20 },
    });
  });

  test("a second torn line gets its own file; a changed one is reported", () => {
    const { dir } = crashed(1, 10);
    openLedger(dir).append(draft(2));
    const { head } = verifyLedger(dir);
    writeHead(dir, { ...head, next: "a".repeat(64) });
    fs.appendFileSync(join(dir, "ledger.jsonl"), "{second");
    openLedger(dir).append(draft(3));
    expect(fs.readFileSync(join(dir, "ledger.torn-2"), "utf8")).toBe("{second");
    fs.writeFileSync(join(dir, "ledger.torn-1"), "other");
    expect(verifyLedger(dir).problems).toContainEqual(expect.objectContaining({ code: "torn-file-changed" }));
  });

  test("a partial line that was not announced is no crash", () => {
    const dir = ledgerOf(2);
    fs.appendFileSync(join(dir, "ledger.jsonl"), '{"action"');
    expect(verifyLedger(dir).problems[0]).toMatchObject({ code: "ledger-truncated", line: 3 });
    expect(() => openLedger(dir)).toThrow("not intact");
  });

  test("a forged entry in the place of the announced one is no crash", () => {
    const { dir } = crashed(2, 0);
    const forged = entryLine(chainEntry(verifyLedger(dir).head, { ...draft(3), actor: "eve" }));
    fs.appendFileSync(join(dir, "ledger.jsonl"), forged);
    expect(verifyLedger(dir).problems[0]).toMatchObject({ code: "entry-appended-by-hand", line: 3 });
  });
});
