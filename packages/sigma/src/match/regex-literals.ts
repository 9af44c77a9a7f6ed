/** Texts, folded by the caller, of which a match of the pattern must hold at least one. */
export type RequiredLiterals = readonly string[];

const literalsMax = 200;
const depthMax = 50;

/** What a text must have for the pattern to be found in it. */
export interface RegexNeeds {
  /** Each of these sets must be met. */
  readonly literals: readonly RequiredLiterals[];
  /** UTF-16 units that a match has at least. */
  readonly length: number;
}

const needsNothing: RegexNeeds = { literals: [], length: 0 };

/**
 * What any text matched by the pattern has; nothing when none is sure. It understands enough of RE2's syntax to be safe
 * and gives up on the rest.
 * @example regexNeeds("cmd.{2,5}(?:copy|move)\\s") // { literals: [["cmd"], ["copy", "move"]], length: 10 }
 */
export function regexNeeds(pattern: string): RegexNeeds {
  const cursor: Cursor = { pattern, at: 0, depth: 0 };
  try {
    const found = alternation(cursor);
    return cursor.at === pattern.length ? found : needsNothing;
  } catch (error) {
    if (error === gaveUp) return needsNothing;
    throw error;
  }
}

/** The set of `regexNeeds` that tells most, or undefined. */
export function requiredLiterals(pattern: string): RequiredLiterals | undefined {
  return bestOf(regexNeeds(pattern).literals);
}

interface Cursor {
  readonly pattern: string;
  at: number;
  depth: number;
}

const gaveUp = new Error("The pattern is beyond this analysis.");

function alternation(cursor: Cursor): RegexNeeds {
  if (++cursor.depth > depthMax) throw gaveUp;
  const branches = [concatenation(cursor)];
  while (cursor.pattern[cursor.at] === "|") {
    cursor.at++;
    branches.push(concatenation(cursor));
  }
  cursor.depth--;
  return branches.length === 1 ? branches[0]! : anyBranch(branches);
}

/** Of every branch the literals that tell most: one of them all must be there. */
function anyBranch(branches: readonly RegexNeeds[]): RegexNeeds {
  const length = branches.reduce((least, branch) => Math.min(least, branch.length), Number.MAX_SAFE_INTEGER);
  const all: string[] = [];
  for (const branch of branches) {
    const best = bestOf(branch.literals);
    if (best === undefined || all.length + best.length > literalsMax) return { literals: [], length };
    all.push(...best);
  }
  return { literals: [all], length };
}

/** A run of plain characters, and what was found so far in one branch. */
interface Branch {
  run: string;
  literals: RequiredLiterals[];
  length: number;
}

function concatenation(cursor: Cursor): RegexNeeds {
  const branch: Branch = { run: "", literals: [], length: 0 };
  while (cursor.at < cursor.pattern.length) {
    const char = cursor.pattern[cursor.at]!;
    if (char === "|" || char === ")") break;
    if (char === "(") group(cursor, branch);
    else if (char === "[" || char === ".") {
      if (char === "[") skipClass(cursor);
      else cursor.at++;
      endRun(branch);
      branch.length += leastRepeats(cursor);
    } else if (char === "^" || char === "$") {
      cursor.at++;
      endRun(branch);
      leastRepeats(cursor);
    } else literal(cursor, branch, char === "\\" ? escaped(cursor) : plain(cursor));
  }
  endRun(branch);
  return { literals: branch.literals, length: branch.length };
}

function literal(cursor: Cursor, branch: Branch, char: string | Escape): void {
  const before = cursor.at;
  const repeats = leastRepeats(cursor);
  if (char === "class") branch.length += repeats;
  if (char === "class" || char === "assertion") {
    endRun(branch);
    return;
  }
  if (repeats > 0) branch.run += char;
  branch.length += repeats;
  // A repeated character may stand several times, so what follows does not adjoin this run.
  if (cursor.at !== before) endRun(branch);
}

function plain(cursor: Cursor): string {
  const char = String.fromCodePoint(cursor.pattern.codePointAt(cursor.at)!);
  cursor.at += char.length;
  return char;
}

/** An escape that stands for no one character. Whole words, which no single character is. */
type Escape = "class" | "assertion";

/** The character that an escape stands for, or what it is; gives up on what has arguments. */
function escaped(cursor: Cursor): string | Escape {
  const next = cursor.pattern[cursor.at + 1];
  if (next === undefined || /[xpPQEC0-9]/.test(next)) throw gaveUp;
  cursor.at += 2;
  if (/[dDsSwW]/.test(next)) return "class";
  return /[A-Za-z]/.test(next) ? "assertion" : next;
}

function group(cursor: Cursor, branch: Branch): void {
  endRun(branch);
  cursor.at++;
  if (cursor.pattern[cursor.at] === "?") {
    const head = /^\?(?:[imsU-]{0,8}[:)]|P?<\w{1,64}>)/.exec(cursor.pattern.slice(cursor.at, cursor.at + 80));
    if (head === null) throw gaveUp;
    cursor.at += head[0].length;
    if (head[0].endsWith(")")) return;
  }
  const inner = alternation(cursor);
  if (cursor.pattern[cursor.at] !== ")") throw gaveUp;
  cursor.at++;
  const repeats = leastRepeats(cursor);
  branch.length += inner.length * repeats;
  if (repeats > 0) branch.literals.push(...inner.literals);
}

function skipClass(cursor: Cursor): void {
  let at = cursor.at + 1;
  if (cursor.pattern[at] === "^") at++;
  if (cursor.pattern[at] === "]") at++;
  for (; at < cursor.pattern.length; at++) {
    const char = cursor.pattern[at];
    if (char === "[") throw gaveUp;
    if (char === "\\") at++;
    else if (char === "]") {
      cursor.at = at + 1;
      return;
    }
  }
  throw gaveUp;
}

/** Reads quantifiers after an atom: how often it stands at least. */
function leastRepeats(cursor: Cursor): number {
  let repeats = 1;
  for (;;) {
    const char = cursor.pattern[cursor.at];
    if (char === "*" || char === "?") repeats = 0;
    else if (char === "{") {
      const repeat = /^\{(\d{1,4})(?:,\d{0,4})?\}/.exec(cursor.pattern.slice(cursor.at, cursor.at + 12));
      if (repeat === null) throw gaveUp;
      repeats *= Number(repeat[1]);
      cursor.at += repeat[0].length;
      continue;
    } else if (char !== "+") return repeats;
    cursor.at++;
  }
}

function endRun(branch: Branch): void {
  if (branch.run !== "") branch.literals.push([branch.run]);
  branch.run = "";
}

/** Of sets that must all be met, the one whose shortest text is longest tells most, then the smallest one. */
function bestOf(sets: readonly RequiredLiterals[]): RequiredLiterals | undefined {
  let best: RequiredLiterals | undefined;
  for (const set of sets) {
    const gain = best === undefined ? 1 : shortest(set) - shortest(best) || best.length - set.length;
    if (gain > 0) best = set;
  }
  return best;
}

function shortest(texts: RequiredLiterals): number {
  return Math.min(...texts.map((text) => text.length));
}
