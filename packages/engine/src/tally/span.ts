import type { Instant } from "../hunt/detection.ts";

/** How often, and between which times. */
export interface Span {
  count: number;
  firstMs: number | undefined;
  lastMs: number | undefined;
}

export function emptySpan(): Span {
  return { count: 0, firstMs: undefined, lastMs: undefined };
}

/** Counts one more; an undated one counts and moves no time. */
export function extend(span: Span, time: Instant | undefined): void {
  span.count++;
  if (time === undefined) return;
  if (span.firstMs === undefined || time.ms < span.firstMs) span.firstMs = time.ms;
  if (span.lastMs === undefined || time.ms > span.lastMs) span.lastMs = time.ms;
}
