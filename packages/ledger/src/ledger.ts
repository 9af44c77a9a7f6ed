import * as fs from "node:fs";
import { join } from "node:path";
import {
  chainEntry,
  emptyHead,
  entryLine,
  type LedgerDraft,
  type LedgerEntry,
  type LedgerHead,
} from "./entry.ts";
import { ledgerName, scanLedger, writeDurably, writeHead } from "./files.ts";
import { LedgerError, type Problem, type ProblemCode } from "./problem.ts";
import { preserveTorn, tornAction, unrecordedTorn } from "./torn.ts";
import { readLedger } from "./verify.ts";

export interface Ledger {
  readonly dir: string;
  /** Number and hash of the last entry. */
  readonly head: LedgerHead;
  /** What was found when it was opened: an interrupted line, a head that lags. */
  readonly problems: readonly Problem[];
  /**
   * Writes one entry and returns it once the disk has it. Throws `LedgerError` "bad-entry" or "not-canonical" for a
   * draft that cannot be stored, "ledger-changed" when someone else wrote to the file since it was opened.
   */
  append(draft: LedgerDraft): LedgerEntry;
}

/** Left by a crash of this tool, and mended by the next append. Anything else means tampering and stops it. */
const mendable: readonly ProblemCode[] = ["torn-line"];

/**
 * Opens the ledger of a case folder for writing, and creates the folder if there is none. Opening writes no entry.
 * Hold the case's lock (`acquireLock`) while it is open. Throws "ledger-not-intact" when the ledger was tampered with.
 *
 * @example
 * const ledger = openLedger("cases/2026-014");
 * ledger.append({ at: "2026-03-01T09:30:00Z", actor: "j.doe", action: "note.add", data: { text: "Called the CISO" } });
 */
export function openLedger(dir: string): Ledger {
  fs.mkdirSync(dir, { recursive: true });
  let state = load(dir);
  let isMended = false;

  const write = (draft: LedgerDraft): LedgerEntry => {
    const entry = chainEntry(state.head, draft);
    const line = entryLine(entry);
    requireSize(dir, state.bytes);
    // The head announces the entry before it is written: after a crash, this tells our own last line from a forged one.
    writeHead(dir, { ...state.head, next: entry.hash });
    writeDurably(join(dir, ledgerName), line, "a");
    const head = { seq: entry.seq, hash: entry.hash };
    writeHead(dir, head);
    state = { ...state, head, bytes: state.bytes + line.length };
    return entry;
  };

  const append = (draft: LedgerDraft): LedgerEntry => {
    chainEntry(state.head, draft);
    if (!isMended) {
      state = mend(dir);
      for (const data of unrecordedTorn(dir, state.entries)) write({ ...draft, action: tornAction, data });
      isMended = true;
    }
    try {
      return write(draft);
    } catch (error) {
      // A full disk may have left half a line: look again before the next append.
      isMended = false;
      throw error;
    }
  };

  return {
    dir,
    problems: state.problems,
    append,
    get head() {
      return state.head;
    },
  };
}

interface State {
  readonly head: LedgerHead;
  readonly bytes: number;
  readonly entries: readonly LedgerEntry[];
  readonly problems: readonly Problem[];
}

function load(dir: string): State {
  const { entries, problems } = readLedger(dir);
  const fatal = problems.filter((p) => p.severity === "error" && !mendable.includes(p.code));
  if (fatal.length > 0) {
    const first = fatal[0]?.message;
    throw new LedgerError(
      "ledger-not-intact",
      `the ledger in ${dir} is not intact: ${first}. Keep the folder as it is, and work in a new one`,
      problems,
    );
  }
  const last = entries.at(-1);
  const head = last ? { seq: last.seq, hash: last.hash } : emptyHead;
  return { head, bytes: scanLedger(dir).bytes, entries, problems };
}

function mend(dir: string): State {
  const { torn } = scanLedger(dir);
  load(dir);
  if (torn) preserveTorn(dir, torn);
  return load(dir);
}

function requireSize(dir: string, expected: number): void {
  const path = join(dir, ledgerName);
  const size = fs.existsSync(path) ? fs.statSync(path).size : 0;
  if (size !== expected)
    throw new LedgerError(
      "ledger-changed",
      `${path} has ${size} bytes, not the ${expected} it had: someone wrote to it`,
    );
}
