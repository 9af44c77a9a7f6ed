import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { LedgerDraft } from "./entry.ts";
import { openLedger } from "./ledger.ts";

/** Thousands of small files are written and flushed: in memory, where the system has a folder for that. */
const home = isWritable("/dev/shm") ? "/dev/shm" : tmpdir();

function isWritable(dir: string): boolean {
  try {
    fs.accessSync(dir, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** An empty folder that is gone when the test is. */
export function caseFolder(): string {
  const dir = fs.mkdtempSync(join(home, "firebreak-ledger-"));
  onTestFinished(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function draft(n: number, data: LedgerDraft["data"] = { note: `step ${n}` }): LedgerDraft {
  const at = `2026-03-01T09:${String(n % 60).padStart(2, "0")}:00Z`;
  return { at, actor: "ann", action: "note.add", data };
}

/** A case folder whose ledger has `count` entries. */
export function ledgerOf(count: number): string {
  const dir = caseFolder();
  const ledger = openLedger(dir);
  for (let n = 1; n <= count; n++) ledger.append(draft(n));
  return dir;
}

export function linesOf(dir: string): string[] {
  return fs.readFileSync(join(dir, "ledger.jsonl"), "utf8").split("\n").slice(0, -1);
}

export function writeLines(dir: string, lines: readonly string[]): void {
  fs.writeFileSync(join(dir, "ledger.jsonl"), lines.map((line) => `${line}\n`).join(""));
}
