import type { JsonValue } from "./canonical.ts";
import { emptyHead, type LedgerEntry, type LedgerHead } from "./entry.ts";

export interface MergedEntry {
  /** "both": part of the history that the two ledgers share. */
  readonly from: "both" | "first" | "second";
  readonly entry: LedgerEntry;
}

export interface MergedLedger {
  /** Every entry of both, each once, with its own chain's seq and hashes untouched. */
  readonly entries: MergedEntry[];
  readonly heads: { readonly first: LedgerHead; readonly second: LedgerHead };
  /** Entries that both ledgers begin with. */
  readonly sharedCount: number;
  /**
   * Data for a "ledger.merge" entry in the first ledger: both heads, and the second's own entries whole, so that its
   * chain can be checked from the merged ledger alone.
   */
  readonly data: JsonValue;
}

/**
 * Brings two analysts' ledgers of one case together. What both begin with appears once; after that entries stand by
 * `at`, and never before an earlier entry of their own chain, even where a clock ran backwards. Equal times stand by
 * hash, so that the order does not depend on which ledger is named first. Give it verified entries (`readLedger`).
 */
export function mergeLedgers(first: readonly LedgerEntry[], second: readonly LedgerEntry[]): MergedLedger {
  let shared = 0;
  while (shared < first.length && first[shared]?.hash === second[shared]?.hash) shared++;
  const entries: MergedEntry[] = first.slice(0, shared).map((entry) => ({ from: "both", entry }));
  let i = shared;
  let j = shared;
  while (i < first.length || j < second.length) {
    const a = first[i];
    const b = second[j];
    if (a && (!b || isBefore(a, b))) {
      entries.push({ from: "first", entry: a });
      i++;
    } else if (b) {
      entries.push({ from: "second", entry: b });
      j++;
    }
  }
  const heads = { first: headOf(first), second: headOf(second) };
  const own = second.slice(shared).map((entry) => ({ ...entry }));
  const data = {
    heads: { first: { ...heads.first }, second: { ...heads.second } },
    sharedCount: shared,
    entries: own,
  };
  return { entries, heads, sharedCount: shared, data };
}

function isBefore(a: LedgerEntry, b: LedgerEntry): boolean {
  const left = sortable(a.at);
  const right = sortable(b.at);
  return left === right ? a.hash < b.hash : left < right;
}

/** "…:00Z" and "…:00.5Z" compare as text only when both have all nine digits of the fraction. */
function sortable(at: string): string {
  const [seconds = "", fraction = ""] = at.slice(0, -1).split(".");
  return `${seconds}.${fraction.padEnd(9, "0")}`;
}

function headOf(entries: readonly LedgerEntry[]): LedgerHead {
  const last = entries.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : emptyHead;
}
