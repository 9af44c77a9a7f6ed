import type { Measure } from "./measure.ts";

/**
 * value_sum, value_avg. Two stacks instead of one running total: subtracting what leaves would keep rounding errors
 * for ever, and one infinite total would spoil every later window.
 */
export function sumValues(isAverage: boolean): Measure {
  /** Totals from each older event to the end of the older stack; the last one is the oldest event's. */
  let older: number[] = [];
  let newer: number[] = [];
  let newerTotal = 0;
  return {
    add({ amount }) {
      newer.push(amount);
      newerTotal += amount;
    },
    remove() {
      if (older.length === 0) {
        let total = 0;
        older = newer.reverse().map((amount) => {
          total += amount;
          return total;
        });
        newer = [];
        newerTotal = 0;
      }
      older.pop();
    },
    value() {
      const total = (older.at(-1) ?? 0) + newerTotal;
      return isAverage ? total / (older.length + newer.length) : total;
    },
  };
}
