import { emptyHead, type LedgerEntry, type LedgerHead } from "./entry.ts";
import { ledgerName, type ScannedLine } from "./files.ts";
import type { Problem, ProblemCode } from "./problem.ts";

/**
 * Checks lines against each other: every line an entry, entries 1, 2, 3 … in order, each naming the hash of the one
 * before. `head` settles who is to blame where two good-looking entries do not fit: what the head vouches for is true.
 */
export function checkChain(lines: readonly ScannedLine[], head: LedgerHead | undefined): Problem[] {
  const problems: Problem[] = [];
  const bySeq = new Map<number, LedgerEntry>();
  for (const { entry } of lines) if (entry && !bySeq.has(entry.seq)) bySeq.set(entry.seq, entry);
  const lineOf = new Map<LedgerEntry, number>();
  for (const { entry, line } of lines) if (entry) lineOf.set(entry, line);
  const vouched = vouchedFor(bySeq, head);
  const seqs = [...bySeq.keys()].sort((a, b) => a - b);

  let expected = 1;
  for (const at of lines) {
    const { entry } = at;
    if (!entry) {
      const isExtra = bySeq.has(expected);
      const what = isExtra ? "was added" : "was edited";
      problems.push(problem("entry-edited", at, `line ${at.line} ${what}: ${at.fault}`));
      if (!isExtra) expected++;
      continue;
    }
    problems.push(...checkPlace(at, entry, expected, bySeq, seqs));
    const before = bySeq.get(entry.seq - 1);
    const prev = entry.seq === 1 ? emptyHead.hash : before?.hash;
    if (prev !== undefined && prev !== entry.prev) {
      const blamed = before && vouched.has(entry.hash) ? lineOf.get(before) : undefined;
      problems.push(brokenLink(at, blamed));
    }
    expected = Math.max(expected, entry.seq + 1);
  }
  return problems;
}

/** Hashes that the head commits to: its own, its entry's prev, and so on back to the first line that cannot be read. */
function vouchedFor(bySeq: Map<number, LedgerEntry>, head: LedgerHead | undefined): Set<string> {
  const vouched = new Set<string>();
  let hash = head?.hash;
  for (let seq = head?.seq ?? 0; seq > 0; seq--) {
    const entry = bySeq.get(seq);
    if (!entry || entry.hash !== hash) break;
    vouched.add(hash);
    hash = entry.prev;
  }
  return vouched;
}

function checkPlace(
  at: ScannedLine,
  entry: LedgerEntry,
  expected: number,
  bySeq: Map<number, LedgerEntry>,
  seqs: readonly number[],
): Problem[] {
  const { seq } = entry;
  if (seq === expected) return [];
  if (seq < expected) {
    return bySeq.get(seq) === entry
      ? [problem("entry-reordered", at, `line ${at.line} was moved: it holds entry ${seq}`)]
      : [problem("entry-repeated", at, `line ${at.line} was added: it holds a second entry ${seq}`)];
  }
  // A forged seq may be astronomically large, so absent numbers are counted, not listed.
  const absent = seq - expected - (countBelow(seqs, seq) - countBelow(seqs, expected));
  if (absent === 0)
    return [problem("entry-reordered", at, `line ${at.line} was moved: it holds entry ${seq}`)];
  const range = seq - expected === 1 ? `entry ${expected}` : `${absent} of entries ${expected} to ${seq - 1}`;
  return [problem("entry-removed", at, `before line ${at.line}, ${range} was removed`)];
}

/** How many of the sorted numbers are below `limit`. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function brokenLink(at: ScannedLine, blamed: number | undefined): Problem {
  if (blamed !== undefined) {
    const message = `line ${blamed} was edited and its hash computed anew: line ${at.line} names another hash`;
    return { ...problem("entry-edited", at, message), line: blamed };
  }
  const message = `line ${at.line} does not follow the entry before it: one of the two was rewritten`;
  return problem("entry-edited", at, message);
}

function problem(code: ProblemCode, at: ScannedLine, message: string): Problem {
  return { code, severity: "error", message, file: ledgerName, line: at.line, offset: at.offset };
}
