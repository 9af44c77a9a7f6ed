import type { Pattern, TextTest } from "../condition/tree.ts";

/** Any length, including none and line breaks. */
export const anyLength = 0;
/** Exactly one character. */
export const oneChar = 1;
/** One of the characters that start an option on Windows. */
export const anyDash = 2;
/** Hyphen-minus, slash, en dash, em dash, horizontal bar. */
export const dashes = ["-", "/", "–", "—", "―"] as const;

/**
 * A Sigma string as a pattern. A backslash escapes only "*", "?" and itself; before anything else, and at the end, it
 * is a plain backslash. Escapes are resolved here, before any modifier adds wildcards, so that `endswith: 'system32\'`
 * keeps its backslash.
 */
export function parsePattern(text: string): Pattern {
  const pattern: (string | 0 | 1 | 2)[] = [];
  let literal = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === "\\") {
      const next = text[at + 1];
      if (next === "*" || next === "?" || next === "\\") {
        literal += next;
        at++;
      } else literal += char;
    } else if (char === "*" || char === "?") {
      if (literal !== "") pattern.push(literal);
      literal = "";
      pattern.push(char === "*" ? anyLength : oneChar);
    } else literal += char;
  }
  if (literal !== "") pattern.push(literal);
  return pattern;
}

/** The pattern as one literal, or undefined when it has wildcards. */
export function literalOf(pattern: Pattern): string | undefined {
  if (pattern.length === 0) return "";
  const [only] = pattern;
  return pattern.length === 1 && typeof only === "string" ? only : undefined;
}

export function hasWildcard(pattern: Pattern): boolean {
  return pattern.some((part) => part === anyLength || part === oneChar);
}

export function openStart(pattern: Pattern): Pattern {
  return pattern[0] === anyLength ? pattern : [anyLength, ...pattern];
}

export function openEnd(pattern: Pattern): Pattern {
  return pattern.at(-1) === anyLength ? pattern : [...pattern, anyLength];
}

/** The cheapest test that means the pattern. */
export function textTest(pattern: Pattern, cased: boolean): TextTest {
  const parts = pattern.filter((part, at) => part !== anyLength || pattern[at - 1] !== anyLength);
  const flag = cased ? { cased: true as const } : {};
  const literal = literalOf(parts);
  if (literal !== undefined) return { op: "equals", value: literal, ...flag };
  const [first, second, third] = parts;
  if (parts.length === 2 && first === anyLength && typeof second === "string") {
    return { op: "endswith", value: second, ...flag };
  }
  if (parts.length === 2 && typeof first === "string" && second === anyLength) {
    return { op: "startswith", value: first, ...flag };
  }
  if (parts.length === 3 && first === anyLength && typeof second === "string" && third === anyLength) {
    return { op: "contains", value: second, ...flag };
  }
  return { op: "wildcard", pattern: parts, ...flag };
}
