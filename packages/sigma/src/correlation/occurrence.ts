import type { CorrelationMatch, MatchValue } from "./match.ts";
import { compareRefs } from "./order.ts";

/** Values that an outer correlation will ask an inner match for, in the outer's order. */
export type Carried = readonly (MatchValue | undefined)[];

/** One event as one group of one correlation sees it. */
export interface Occurrence {
  readonly ms: number;
  readonly ns: number;
  readonly ref: string;
  /** Group key; see `groupKey`. */
  readonly key: string;
  /** group-by values as written. */
  readonly display: readonly string[];
  /** Indices in `rules` that the event came from, ascending. */
  readonly inputs: readonly number[];
  /** Distinct values for value_count; empty for other types. */
  readonly values: readonly string[];
  /** Number for sums, averages and percentiles; 0 for other types. */
  readonly amount: number;
  readonly carried: readonly Carried[];
  readonly match: CorrelationMatch | undefined;
}

/** Time, then reference; then group and rule, so that what belongs to one event stands together. */
export function compareOccurrences(a: Occurrence, b: Occurrence): number {
  return (
    a.ms - b.ms ||
    a.ns - b.ns ||
    compareRefs(a.ref, b.ref) ||
    (a.key === b.key ? a.inputs[0]! - b.inputs[0]! : a.key < b.key ? -1 : 1)
  );
}

export function isSameEvent(a: Occurrence, b: Occurrence): boolean {
  return a.ms === b.ms && a.ns === b.ns && a.key === b.key && a.ref === b.ref;
}

/**
 * One event matched by several rules is one occurrence: it counts once, with the value of the first rule that has one.
 * A finished inner match replaces its own unfinished state.
 */
export function merge(a: Occurrence, b: Occurrence): Occurrence {
  const inputs = [...new Set([...a.inputs, ...b.inputs])].sort((x, y) => x - y);
  const match = a.match?.ongoing ? (b.match ?? a.match) : a.match;
  return { ...a, inputs, match };
}
