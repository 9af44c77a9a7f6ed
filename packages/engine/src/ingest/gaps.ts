export const hourMs = 3_600_000;
/** A silence is a gap when it is this long, and this many times the source's usual silence. */
const gapMs = 6 * hourMs;
const gapFactor = 12;

export interface Gap {
  from: number;
  to: number;
}

/** Runs of empty hours between the first and the last record, in milliseconds. @param hours with records, in order, each once */
export function gapsOf(hours: readonly number[]): Gap[] {
  const silences = hours.slice(1).map((hour, i) => ({ from: (hours[i]! + 1) * hourMs, to: hour * hourMs }));
  const lengths = silences.map(({ from, to }) => to - from).sort((a, b) => a - b);
  const usual = lengths[Math.floor(lengths.length / 2)] ?? 0;
  return silences.filter(({ from, to }) => to - from >= Math.max(gapMs, usual * gapFactor));
}
