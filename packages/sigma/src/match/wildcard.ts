import type { Pattern } from "../condition/tree.ts";
import { anyDash, anyLength, dashes, oneChar } from "../detection/pattern.ts";

type Segment = readonly (string | typeof oneChar | typeof anyDash)[];

/**
 * A wildcard pattern as a test of a whole text. Greedy from the left with the last segment pinned to the end: each
 * segment is searched for once, so the time is bounded by text length times segment length, without backtracking.
 */
export function compileWildcard(pattern: Pattern): (text: string) => boolean {
  const segments: Segment[] = [];
  let current: (string | typeof oneChar | typeof anyDash)[] = [];
  for (const part of pattern) {
    if (part === anyLength) {
      segments.push(current);
      current = [];
    } else current.push(part);
  }
  segments.push(current);
  const [first = [], ...rest] = segments;
  const last = rest.pop();
  if (last === undefined) return (text) => matchAt(first, text, 0) === text.length;
  const longest = pattern
    .filter((part) => typeof part === "string")
    .reduce((best, part) => (part.length > best.length ? part : best), "");
  return (text) => {
    // Most texts lack what is rarest in the pattern.
    if (!text.includes(longest)) return false;
    let at = matchAt(first, text, 0);
    if (at === -1) return false;
    for (const segment of rest) {
      at = findFrom(segment, text, at);
      if (at === -1) return false;
    }
    return endsWith(last, text, at);
  };
}

/** End of the segment when it stands at `at`, else -1. "?" is one code point, so that it also fits an emoji. */
function matchAt(segment: Segment, text: string, at: number): number {
  let position = at;
  for (const part of segment) {
    if (typeof part === "string") {
      if (!text.startsWith(part, position)) return -1;
      position += part.length;
      continue;
    }
    const code = text.codePointAt(position);
    if (code === undefined) return -1;
    if (part === anyDash && !(dashes as readonly string[]).includes(text[position]!)) return -1;
    position += code > 0xffff ? 2 : 1;
  }
  return position;
}

function findFrom(segment: Segment, text: string, from: number): number {
  const [head] = segment;
  if (head === undefined) return from;
  for (let at = from; at <= text.length; at++) {
    if (typeof head === "string") {
      at = text.indexOf(head, at);
      if (at === -1) return -1;
    }
    const end = matchAt(segment, text, at);
    if (end !== -1) return end;
  }
  return -1;
}

/** The segment ends the text, and starts no earlier than `from`. */
function endsWith(segment: Segment, text: string, from: number): boolean {
  if (segment.length === 0) return true;
  let units = 0;
  let wide = 0;
  for (const part of segment) {
    if (typeof part === "string") units += part.length;
    else {
      units += 1;
      if (part === oneChar) wide += 1;
    }
  }
  for (let extra = 0; extra <= wide; extra++) {
    const start = text.length - units - extra;
    if (start < from) return false;
    if (matchAt(segment, text, start) === text.length) return true;
  }
  return false;
}
