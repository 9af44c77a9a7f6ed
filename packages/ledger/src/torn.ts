import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "./canonical.ts";
import type { LedgerEntry } from "./entry.ts";
import { ledgerName, type Scan, syncFolder, writeDurably } from "./files.ts";
import type { Problem } from "./problem.ts";

/** Action of the entry that records a preserved partial line. Its data is `TornRecord`. */
export const tornAction = "ledger.torn";

const tornName = /^ledger\.torn-(\d{1,9})$/;

type TornRecord = { file: string; bytes: number; sha256: string };

/** Keeps the partial last line as `ledger.torn-N`, then cuts it from the ledger. Bytes first: a crash loses nothing. */
export function preserveTorn(dir: string, torn: NonNullable<Scan["torn"]>): void {
  const kept = tornFiles(dir);
  const last = kept.at(-1);
  // A crash between the two steps has already kept these bytes.
  if (!last || !fs.readFileSync(join(dir, last)).equals(torn.bytes)) {
    const next = last ? Number(tornName.exec(last)?.[1]) + 1 : 1;
    writeDurably(join(dir, `ledger.torn-${next}`), torn.bytes, "wx");
    syncFolder(dir);
  }
  const ledger = fs.openSync(join(dir, ledgerName), "r+");
  try {
    fs.ftruncateSync(ledger, torn.offset);
    fs.fsyncSync(ledger);
  } finally {
    fs.closeSync(ledger);
  }
}

/** Preserved lines that no entry records yet, as data for the entries that will. */
export function unrecordedTorn(dir: string, entries: readonly LedgerEntry[]): TornRecord[] {
  const recorded = new Set(recordsIn(entries).map(({ file }) => file));
  return tornFiles(dir)
    .filter((file) => !recorded.has(file))
    .map((file) => describe(dir, file));
}

/** Compares the preserved lines in the folder with what the ledger says of them. */
export function checkTornFiles(dir: string, entries: readonly LedgerEntry[]): Problem[] {
  const problems: Problem[] = recordsIn(entries).map((record) => {
    const { file } = record;
    const path = join(dir, file);
    const isSame = fs.existsSync(path) && describe(dir, file).sha256 === record.sha256;
    return isSame
      ? { code: "torn-file-recorded", severity: "info", message: `${file} holds an interrupted line`, file }
      : { code: "torn-file-changed", severity: "error", message: `${file} is missing or was changed`, file };
  });
  for (const { file } of unrecordedTorn(dir, entries)) {
    const message = `${file} holds an interrupted line that no entry records`;
    problems.push({ code: "torn-file-unrecorded", severity: "warning", message, file });
  }
  return problems;
}

function recordsIn(entries: readonly LedgerEntry[]): TornRecord[] {
  return entries
    .filter(({ action, data }) => action === tornAction && isTornRecord(data))
    .map(({ data }) => data as TornRecord);
}

function isTornRecord(data: JsonValue): boolean {
  const file = (data as Partial<TornRecord> | null)?.file;
  return typeof file === "string" && tornName.test(file);
}

function tornFiles(dir: string): string[] {
  if (!fs.existsSync(dir)) return [];
  const names = fs.readdirSync(dir).filter((name) => tornName.test(name));
  return names.sort((a, b) => Number(tornName.exec(a)?.[1]) - Number(tornName.exec(b)?.[1]));
}

function describe(dir: string, file: string): TornRecord {
  const content = fs.readFileSync(join(dir, file));
  return { file, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
}
