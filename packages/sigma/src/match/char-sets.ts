import { fold } from "./fold.ts";

/** What one character of a text may be; folded, no repeats. */
export type CharSet = readonly string[];

/** A set of characters that is larger says too little. */
const setMax = 40;
/** A window of sets stands for all texts that they can form. */
const windowTextsMax = 128;
/** Below this, texts of sets are in every value. */
const windowLengthMin = 3;
/** So many plain characters need no sets beside them. */
const plainLengthEnough = 5;
export const windowLengthMax = 32;

export function foldedChar(char: string): string {
  return fold(char);
}

const digits = [..."0123456789"];
const letters = [..."abcdefghijklmnopqrstuvwxyz"];

/** RE2's \d, \s and \w; all ASCII. */
export function perlClass(letter: string): CharSet | undefined {
  if (letter === "d") return digits;
  if (letter === "s") return [..."\t\n\f\r "];
  return letter === "w" ? [...digits, ...letters, "_"] : undefined;
}

/**
 * Reads the set "[...]" at `at`: the place after it, and its characters when they are few and ASCII. Undefined when it is written in
 * a way that is not understood.
 */
export function classAt(
  pattern: string,
  at: number,
): { end: number; chars: CharSet | undefined } | undefined {
  let next = at + 1;
  const isNegated = pattern[next] === "^";
  if (isNegated) next++;
  const chars = new Set<string>();
  let isKnown = !isNegated;
  for (let isFirst = true; next < pattern.length; isFirst = false) {
    const char = pattern[next]!;
    if (char === "]" && !isFirst) {
      const isSmall = isKnown && chars.size > 0 && chars.size <= setMax;
      return { end: next + 1, chars: isSmall ? [...chars] : undefined };
    }
    if (char === "[") return undefined;
    const first = memberAt(pattern, next);
    next += first.length;
    if (pattern[next] === "-" && pattern[next + 1] !== "]" && next + 1 < pattern.length) {
      const last = memberAt(pattern, next + 1);
      next += 1 + last.length;
      if (!addRange(chars, first.char, last.char)) isKnown = false;
    } else if (first.chars !== undefined) for (const one of first.chars) chars.add(one);
    else if (!addRange(chars, first.char, first.char)) isKnown = false;
  }
  return undefined;
}

interface Member {
  readonly length: number;
  /** Undefined: not one known character. */
  readonly char: string | undefined;
  readonly chars: CharSet | undefined;
}

function memberAt(pattern: string, at: number): Member {
  const char = pattern[at]!;
  if (char !== "\\") return { length: 1, char, chars: undefined };
  const next = pattern[at + 1] ?? "";
  const chars = perlClass(next);
  return { length: 2, char: /[A-Za-z0-9]/.test(next) ? undefined : next, chars };
}

function addRange(chars: Set<string>, first: string | undefined, last: string | undefined): boolean {
  if (first === undefined || last === undefined || last.length !== 1 || last > "\x7f" || first > last)
    return false;
  for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++) {
    chars.add(fold(String.fromCharCode(code)));
  }
  return true;
}

/**
 * The texts of which a text must hold one, for each stretch of neighbouring sets that says something. Sets of several characters are
 * joined to plain ones while the texts are few.
 */
export function literalsOf(run: readonly CharSet[]): string[][] {
  const found: string[][] = [];
  let end = 0;
  for (let start = 0; start < run.length && end < run.length; start++) {
    const to = windowEnd(run, start);
    // A window within the one before says less, and so does one that a set in front makes several.
    if (to <= end || (run[start]!.length > 1 && to - start > windowLengthMin)) continue;
    const window = run.slice(start, to);
    const plainLength = plainFrom(run, start).length;
    if (plainLength < window.length && (window.length < windowLengthMin || !window.some(isPlain))) {
      if (plainLength > 0) found.push(textsOf(run.slice(start, start + plainLength)));
      continue;
    }
    found.push(textsOf(window));
    end = to;
  }
  return found;
}

function isPlain(set: CharSet): boolean {
  return set.length === 1;
}

/** The plain characters at `start`. */
function plainFrom(run: readonly CharSet[], start: number): readonly CharSet[] {
  let end = start;
  while (end < run.length && isPlain(run[end]!)) end++;
  return run.slice(start, end);
}

function windowEnd(run: readonly CharSet[], start: number): number {
  const plainLength = plainFrom(run, start).length;
  if (plainLength >= plainLengthEnough) return start + plainLength;
  let texts = 1;
  let end = start;
  while (end < run.length && texts * run[end]!.length <= windowTextsMax) texts *= run[end++]!.length;
  // A set at the end multiplies the texts for a character that most texts have.
  while (end - start > windowLengthMin && !isPlain(run[end - 1]!)) end--;
  return end;
}

function textsOf(window: readonly CharSet[]): string[] {
  return window.reduce<string[]>(
    (texts, set) => texts.flatMap((text) => set.map((char) => text + char)),
    [""],
  );
}

/** How much a set of texts tells of which one must be there: a character says more than further texts take back. */
export function worthOf(texts: readonly string[]): number {
  const shortest = texts.reduce((least, { length }) => Math.min(least, length), 12);
  return shortest * 3 - Math.log(texts.length);
}
