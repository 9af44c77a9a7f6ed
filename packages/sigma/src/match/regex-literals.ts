import {
  type CharSet,
  classAt,
  foldedChar,
  literalsOf,
  perlClass,
  windowLengthMax,
  worthOf,
} from "./char-sets.ts";

/** Folded texts of which a folded match of the pattern must hold at least one. */
export type RequiredLiterals = readonly string[];

const literalsMax = 200;
const depthMax = 50;

/** So many neighbouring characters of a set. */
export interface CharRun {
  readonly chars: readonly string[];
  readonly count: number;
}

/** What a text must have for the pattern to be found in it; characters are folded. */
export interface RegexNeeds {
  /** Each of these sets must be met. */
  readonly literals: readonly RequiredLiterals[];
  /** Each of these must be there. */
  readonly runs: readonly CharRun[];
  /** UTF-16 units that a match has at least. */
  readonly length: number;
}

const needsNothing: RegexNeeds = { literals: [], runs: [], length: 0 };
/** A longer literal is taken in pieces. */
const literalCharsMax = 256;
/** Shorter runs are in too many texts. */
const runLengthMin = 8;

/**
 * What any text matched by the pattern has; nothing when none is sure. It understands enough of RE2's syntax to be safe
 * and gives up on the rest.
 * @example regexNeeds("cmd.{2,5}(?:copy|move)\\s") // literals: ["cmd"] and ["copy", "move"], length: 10
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
    if (best === undefined || all.length + best.length > literalsMax)
      return { literals: [], runs: [], length };
    all.push(...best);
  }
  return { literals: [all], runs: [], length };
}

/** Characters that stand side by side, each one of a set, and what was found so far in one branch. */
interface Branch {
  run: CharSet[];
  literals: RequiredLiterals[];
  runs: CharRun[];
  length: number;
}

function concatenation(cursor: Cursor): RegexNeeds {
  const branch: Branch = { run: [], literals: [], runs: [], length: 0 };
  while (cursor.at < cursor.pattern.length) {
    const char = cursor.pattern[cursor.at]!;
    if (char === "|" || char === ")") break;
    if (char === "(") group(cursor, branch);
    else if (char === "^" || char === "$") {
      cursor.at++;
      endRun(branch);
      repeatsAt(cursor);
    } else atom(cursor, branch, atomAt(cursor, char));
  }
  endRun(branch);
  return { literals: branch.literals, runs: branch.runs, length: branch.length };
}

/** What one character may be: a set of folded ones, any ("any"), or it is none ("assertion"). */
type Atom = CharSet | "any" | "assertion";

function atomAt(cursor: Cursor, char: string): Atom {
  if (char === "[") return readClass(cursor) ?? "any";
  if (char === "\\") return escaped(cursor);
  if (char !== ".") return [foldedChar(plain(cursor))];
  cursor.at++;
  return "any";
}

function atom(cursor: Cursor, branch: Branch, chars: Atom): void {
  const { least, isExact } = repeatsAt(cursor);
  if (chars === "assertion" || least === 0) {
    endRun(branch);
    return;
  }
  branch.length += least;
  if (chars === "any") {
    endRun(branch);
    return;
  }
  if (branch.run.length > literalCharsMax) endRun(branch);
  if (least >= runLengthMin) branch.runs.push({ chars, count: least });
  for (let count = 0; count < Math.min(least, windowLengthMax); count++) branch.run.push(chars);
  if (isExact && least <= windowLengthMax) return;
  // Of more than the least, the first ones stand next to what was before, the last ones next to what follows.
  endRun(branch);
  for (let count = 0; count < Math.min(least, windowLengthMax); count++) branch.run.push(chars);
}

function readClass(cursor: Cursor): CharSet | undefined {
  const found = classAt(cursor.pattern, cursor.at);
  if (found === undefined) throw gaveUp;
  cursor.at = found.end;
  return found.chars;
}

function plain(cursor: Cursor): string {
  const char = String.fromCodePoint(cursor.pattern.codePointAt(cursor.at)!);
  cursor.at += char.length;
  return char;
}

/** The character or the set that an escape stands for; gives up on what has arguments. */
function escaped(cursor: Cursor): Atom {
  const next = cursor.pattern[cursor.at + 1];
  if (next === undefined || /[xpPQEC0-9]/.test(next)) throw gaveUp;
  cursor.at += 2;
  if (/[DSW]/.test(next)) return "any";
  const known = perlClass(next);
  if (known !== undefined) return known;
  return /[A-Za-z]/.test(next) ? "assertion" : [foldedChar(next)];
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
  const { least } = repeatsAt(cursor);
  branch.length += inner.length * least;
  if (least === 0) return;
  branch.literals.push(...inner.literals);
  branch.runs.push(...inner.runs);
}

/** Reads quantifiers after an atom: how often it stands at least, and whether it stands just that often. */
function repeatsAt(cursor: Cursor): { least: number; isExact: boolean } {
  let least = 1;
  let isExact = true;
  for (;;) {
    const char = cursor.pattern[cursor.at];
    if (char === "*" || char === "?") least = 0;
    else if (char === "{") {
      const repeat = /^\{(\d{1,4})(,\d{0,4})?\}/.exec(cursor.pattern.slice(cursor.at, cursor.at + 12));
      if (repeat === null) throw gaveUp;
      least *= Number(repeat[1]);
      if (repeat[2] !== undefined) isExact = false;
      cursor.at += repeat[0].length;
      continue;
    } else if (char !== "+") return { least, isExact };
    isExact = false;
    cursor.at++;
  }
}

function endRun(branch: Branch): void {
  branch.literals.push(...literalsOf(branch.run));
  branch.run = [];
}

/** Of sets that must all be met, the one that tells most: long texts, and few of them. */
function bestOf(sets: readonly RequiredLiterals[]): RequiredLiterals | undefined {
  let best: RequiredLiterals | undefined;
  for (const set of sets) if (best === undefined || worthOf(set) > worthOf(best)) best = set;
  return best;
}
