import type { CorrelationMatch, Instant } from "./match.ts";

export function compareInstants(a: Instant, b: Instant): number {
  return a.ms - b.ms || a.ns - b.ns;
}

/** True when `later` is at most `spanMs` after `earlier`: exactly the timespan apart is still inside. */
export function isWithin(earlier: Instant, later: Instant, spanMs: number): boolean {
  const distance = later.ms - earlier.ms;
  return distance < spanMs || (distance === spanMs && later.ns <= earlier.ns);
}

/**
 * Order of references for events of the same instant. In "<file>:<offset>" the offset compares as a number, so that
 * records of one file keep the file's order; anything else compares by code units.
 */
export function compareRefs(a: string, b: string): number {
  if (a === b) return 0;
  const colonA = a.lastIndexOf(":");
  if (colonA < 0 || colonA !== b.lastIndexOf(":") || a.slice(0, colonA) !== b.slice(0, colonA))
    return a < b ? -1 : 1;
  const [offsetA, subA] = numbersAfter(a, colonA);
  const [offsetB, subB] = numbersAfter(b, colonA);
  const byNumber = offsetA - offsetB || subA - subB;
  return byNumber === 0 || Number.isNaN(byNumber) ? (a < b ? -1 : 1) : byNumber;
}

function numbersAfter(ref: string, colon: number): [number, number] {
  const dot = ref.indexOf(".", colon);
  if (dot < 0) return [Number(ref.slice(colon + 1)), -1];
  return [Number(ref.slice(colon + 1, dot)), Number(ref.slice(dot + 1))];
}

/** Order of reports: by last event, then first, then correlation, group and reference. */
export function compareMatches(a: CorrelationMatch, b: CorrelationMatch): number {
  return (
    compareInstants(a.last, b.last) ||
    compareInstants(a.first, b.first) ||
    compareText(a.correlation.id, b.correlation.id) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
