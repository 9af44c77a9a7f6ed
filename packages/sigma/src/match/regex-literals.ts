/** Texts, folded by the caller, of which a match of the pattern must hold at least one. */
export type RequiredLiterals = readonly string[];

const literalsMax = 200;
const depthMax = 50;

/**
 * Literals that any text matched by the pattern contains one of, or undefined when none are sure. It understands
 * enough of RE2's syntax to be safe and gives up on the rest.
 * @example requiredLiterals("cmd.{0,5}(?:copy|move)\\s") // ["copy", "move"]
 */
export function requiredLiterals(pattern: string): RequiredLiterals | undefined {
  const cursor: Cursor = { pattern, at: 0, depth: 0 };
  try {
    const found = alternation(cursor);
    return cursor.at === pattern.length ? found : undefined;
  } catch (error) {
    if (error === gaveUp) return undefined;
    throw error;
  }
}

interface Cursor {
  readonly pattern: string;
  at: number;
  depth: number;
}

const gaveUp = new Error("The pattern is beyond this analysis.");

function alternation(cursor: Cursor): RequiredLiterals | undefined {
  if (++cursor.depth > depthMax) throw gaveUp;
  let all: string[] | undefined = [];
  for (;;) {
    const branch = concatenation(cursor);
    all = all === undefined || branch === undefined ? undefined : [...all, ...branch];
    if (cursor.pattern[cursor.at] !== "|") break;
    cursor.at++;
  }
  cursor.depth--;
  return all !== undefined && all.length <= literalsMax ? all : undefined;
}

/** A run of plain characters, and the best set of literals found so far in one branch. */
interface Branch {
  run: string;
  best: RequiredLiterals | undefined;
}

function concatenation(cursor: Cursor): RequiredLiterals | undefined {
  const branch: Branch = { run: "", best: undefined };
  while (cursor.at < cursor.pattern.length) {
    const char = cursor.pattern[cursor.at]!;
    if (char === "|" || char === ")") break;
    if (char === "(") group(cursor, branch);
    else if (char === "[") {
      skipClass(cursor);
      endRun(branch);
      isOptional(cursor);
    } else if (char === "." || char === "^" || char === "$") {
      cursor.at++;
      endRun(branch);
      isOptional(cursor);
    } else literal(cursor, branch, char === "\\" ? escaped(cursor) : plain(cursor));
  }
  endRun(branch);
  return branch.best;
}

function literal(cursor: Cursor, branch: Branch, char: string | undefined): void {
  const before = cursor.at;
  const optional = isOptional(cursor);
  if (char === undefined) {
    endRun(branch);
    return;
  }
  if (!optional) branch.run += char;
  // A repeated character may stand several times, so what follows does not adjoin this run.
  if (cursor.at !== before) endRun(branch);
}

function plain(cursor: Cursor): string {
  const char = String.fromCodePoint(cursor.pattern.codePointAt(cursor.at)!);
  cursor.at += char.length;
  return char;
}

/** The character that an escape stands for; undefined for classes and assertions; gives up on what has arguments. */
function escaped(cursor: Cursor): string | undefined {
  const next = cursor.pattern[cursor.at + 1];
  if (next === undefined || /[xpPQEC0-9]/.test(next)) throw gaveUp;
  cursor.at += 2;
  return /[A-Za-z]/.test(next) ? undefined : next;
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
  if (!isOptional(cursor)) branch.best = better(branch.best, inner);
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

/** Reads quantifiers after an atom; true when the atom may be left out. */
function isOptional(cursor: Cursor): boolean {
  let optional = false;
  for (;;) {
    const char = cursor.pattern[cursor.at];
    if (char === "*" || char === "?") optional = true;
    else if (char === "{") {
      const repeat = /^\{(\d{1,4})(?:,\d{0,4})?\}/.exec(cursor.pattern.slice(cursor.at, cursor.at + 12));
      if (repeat === null) throw gaveUp;
      if (Number(repeat[1]) === 0) optional = true;
      cursor.at += repeat[0].length;
      continue;
    } else if (char !== "+") return optional;
    cursor.at++;
  }
}

function endRun(branch: Branch): void {
  if (branch.run !== "") branch.best = better(branch.best, [branch.run]);
  branch.run = "";
}

/** Of two sets that must both be met, the one whose shortest text is longer tells more, then the smaller one. */
function better(
  left: RequiredLiterals | undefined,
  right: RequiredLiterals | undefined,
): RequiredLiterals | undefined {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const gain = shortest(right) - shortest(left) || left.length - right.length;
  return gain > 0 ? right : left;
}

function shortest(texts: RequiredLiterals): number {
  return Math.min(...texts.map((text) => text.length));
}
