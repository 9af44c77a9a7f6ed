/**
 * Milliseconds in one unit. The specification has s, m, h and d; w, M and y are pySigma's, with its lengths for the
 * last two: the mean month and year of the Gregorian calendar.
 */
const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_629_746_000,
  y: 31_556_952_000,
};

/** A century: longer is a mistake, and the sum with any instant stays an exact number. */
const longestMs = 100 * 31_556_952_000;

/**
 * Length of a `timespan` in milliseconds, or undefined when it is not a whole positive number with a unit.
 * @example timespanMs("90m") // 5_400_000
 */
export function timespanMs(text: string): number | undefined {
  const match = /^(\d{1,10})([smhdwMy])$/.exec(text);
  if (match === null) return undefined;
  const length = Number(match[1]) * unitMs[match[2]!]!;
  return length > 0 && length <= longestMs ? length : undefined;
}
