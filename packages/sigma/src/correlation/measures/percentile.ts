import type { Measure } from "./measure.ts";

/**
 * value_percentile, value_median (percentile 50). Linear between the two nearest values, as SQL's percentile_cont, so
 * that the 50th percentile is the median.
 */
export function percentileOfValues(percentile: number): Measure {
  let sorted = new Float64Array(16);
  let size = 0;
  return {
    add({ amount }) {
      if (size === sorted.length) {
        const larger = new Float64Array(size * 2);
        larger.set(sorted);
        sorted = larger;
      }
      const at = lowerBound(sorted, size, amount);
      sorted.copyWithin(at + 1, at, size);
      sorted[at] = amount;
      size++;
    },
    remove({ amount }) {
      const at = lowerBound(sorted, size, amount);
      sorted.copyWithin(at, at + 1, size);
      size--;
    },
    value() {
      const position = ((size - 1) * percentile) / 100;
      const below = sorted[Math.floor(position)]!;
      const above = sorted[Math.ceil(position)]!;
      const part = position - Math.floor(position);
      return part === 0 ? below : below * (1 - part) + above * part;
    },
  };
}

function lowerBound(sorted: Float64Array, size: number, amount: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < amount) low = middle + 1;
    else high = middle;
  }
  return low;
}
