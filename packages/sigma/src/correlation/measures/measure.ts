import type { Occurrence } from "../occurrence.ts";

/** Keeps what a condition compares while events enter a window at its end and leave at its start. */
export interface Measure {
  /** The newest event enters. */
  add(occurrence: Occurrence): void;
  /** The oldest event leaves. */
  remove(occurrence: Occurrence): void;
  /** The compared number; the window is not empty. */
  value(): number;
  /** For conditions that are no comparison: whether the condition holds. */
  holds?(): boolean;
}

/** event_count: events. */
export function countEvents(): Measure {
  let count = 0;
  return {
    add: () => void count++,
    remove: () => void count--,
    value: () => count,
  };
}

/** value_count: distinct values. */
export function countValues(): Measure {
  const uses = new Map<string, number>();
  return {
    add(occurrence) {
      for (const value of occurrence.values) uses.set(value, (uses.get(value) ?? 0) + 1);
    },
    remove(occurrence) {
      for (const value of occurrence.values) {
        const left = uses.get(value)! - 1;
        if (left === 0) uses.delete(value);
        else uses.set(value, left);
      }
    },
    value: () => uses.size,
  };
}
