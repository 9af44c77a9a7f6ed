import { checkChain } from "./chain.ts";
import { emptyHead, type LedgerEntry, type LedgerHead } from "./entry.ts";
import { headName, ledgerName, readHead, type Scan, type StoredHead, scanLedger } from "./files.ts";
import type { Problem, ProblemCode } from "./problem.ts";
import { checkTornFiles } from "./torn.ts";

export interface LedgerRead {
  /** Every entry that can be read and has the hash it states, in file order. */
  readonly entries: LedgerEntry[];
  readonly problems: Problem[];
}

export interface LedgerVerdict {
  /** No problem of severity "error". */
  readonly ok: boolean;
  /** Lines that hold an entry. */
  readonly entries: number;
  /** Number and hash of the last entry in the file: the value to keep elsewhere. */
  readonly head: LedgerHead;
  readonly problems: Problem[];
}

/** Reads and checks the ledger of a case folder. Never throws for its content; a missing file is an empty ledger. */
export function readLedger(dir: string, options: { head?: string } = {}): LedgerRead {
  const scan = scanLedger(dir);
  const stored = readHead(dir);
  const entries = scan.lines.flatMap(({ entry }) => (entry ? [entry] : []));
  const problems = [
    ...checkChain(scan.lines, typeof stored === "string" ? undefined : stored),
    ...checkHead(scan, entries, stored),
    ...checkTornFiles(dir, entries),
  ];
  if (options.head !== undefined) problems.push(...checkGivenHead(entries, options.head));
  return { entries, problems };
}

/**
 * Says whether a ledger is what was written, and if not, which line is edited, removed, moved, added or cut off.
 * `head` is a hash that was kept outside the case folder: only it can catch someone who rewrote everything inside.
 *
 * @example verifyLedger("cases/2026-014", { head: "9f2c…" }).problems // [] when nothing before that entry changed
 */
export function verifyLedger(dir: string, options: { head?: string } = {}): LedgerVerdict {
  const { entries, problems } = readLedger(dir, options);
  const last = entries.at(-1);
  const head = last ? { seq: last.seq, hash: last.hash } : emptyHead;
  return { ok: problems.every((p) => p.severity !== "error"), entries: entries.length, head, problems };
}

function checkHead(
  scan: Scan,
  entries: readonly LedgerEntry[],
  stored: ReturnType<typeof readHead>,
): Problem[] {
  const isEmpty = scan.bytes === 0;
  if (stored === "missing") return isEmpty ? [] : [error("head-missing", `${headName} is missing`, headName)];
  if (stored === "unreadable")
    return [error("head-unreadable", `${headName} is not what the ledger writes: it was edited`, headName)];
  const crashed = stored.next !== undefined && (entries.at(-1)?.seq ?? 0) === stored.seq;
  const problems = scan.torn ? [tornLine(scan.torn, crashed)] : [];
  problems.push(...compareHead(scan, entries, stored));
  if (crashed && !scan.torn) problems.push(unfinished());
  return problems;
}

function compareHead(scan: Scan, entries: readonly LedgerEntry[], stored: StoredHead): Problem[] {
  const last = entries.at(-1) ?? emptyHead;
  const atHead = stored.seq === 0 ? emptyHead : entries.find(({ seq }) => seq === stored.seq);
  if (last.seq < stored.seq && scan.lines.length < stored.seq) {
    const message = `the ledger ends at entry ${last.seq}; ${headName} knows ${stored.seq}: the end was cut off`;
    return [{ ...error("ledger-truncated", message), line: scan.lines.length + 1 }];
  }
  if (atHead?.hash !== stored.hash)
    return [
      error("head-mismatch", `entry ${stored.seq} does not have the hash that ${headName} states`, headName),
    ];
  const added = scan.lines.filter(({ line, entry }) => (entry?.seq ?? line) > stored.seq);
  if (added.length === 1 && added[0]?.entry?.hash === stored.next && stored.next !== undefined) {
    const message = `entry ${last.seq} is complete but ${headName} was not moved on: the tool was stopped in between`;
    return [{ code: "head-behind", severity: "warning", message, file: headName }];
  }
  return added.map(({ line, offset }) => ({
    ...error(
      "entry-appended-by-hand",
      `line ${line} was not written by the tool: ${headName} does not know it`,
    ),
    line,
    offset,
  }));
}

function tornLine(torn: NonNullable<Scan["torn"]>, crashed: boolean): Problem {
  const { line, offset, bytes } = torn;
  const what = `line ${line} has ${bytes.length} bytes and no end`;
  if (!crashed)
    return { ...error("ledger-truncated", `${what}: the ledger was cut or added to`), line, offset };
  const next = "The next append keeps these bytes in a file of their own and records that.";
  return { ...error("torn-line", `${what}: writing it was interrupted`), line, offset, next };
}

function unfinished(): Problem {
  const message = "an entry was about to be written and never was: the tool was stopped before it";
  return { code: "write-unfinished", severity: "info", message, file: headName };
}

function checkGivenHead(entries: readonly LedgerEntry[], given: string): Problem[] {
  const found = entries.findIndex(({ hash }) => hash === given.trim().toLowerCase());
  if (found < 0)
    return [error("given-head-not-found", "no entry has the given head: the ledger is not the same")];
  const later = entries.length - 1 - found;
  if (later === 0) return [];
  const message = `the given head is entry ${entries[found]?.seq}; ${later} later entries are not covered by it`;
  return [{ code: "given-head-older", severity: "info", message, file: ledgerName }];
}

function error(code: ProblemCode, message: string, file = ledgerName): Problem {
  return { code, severity: "error", message, file };
}
