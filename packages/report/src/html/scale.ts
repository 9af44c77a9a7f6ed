/** A stretch of time that is drawn to scale. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Left edge and width in the drawing. */
  readonly x: number;
  readonly width: number;
}

const minuteMs = 60_000;
/** A pause is drawn as a break when it takes this part of the whole and is this many times the usual distance. */
const pausePart = 0.3;
const pauseTimes = 4;
const breakWidth = 34;
const padding = 10;

/** Tick distances that people read easily. */
const tickMinutes = [
  1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400, 43200, 144000, 525600, 2628000,
  10512000,
];
const tickWidth = 64;

/** Stretches for sorted instants, with breaks between them, filling the drawing from `left` to `right`. */
export function stretchesOf(sorted: readonly number[], left: number, right: number): Stretch[] {
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const gaps = sorted.slice(1).map((ms, i) => ms - sorted[i]!);
  const usual = gaps.filter((gap) => gap > 0).sort((a, b) => a - b);
  const median = usual[(usual.length - 1) >> 1] ?? 0;
  const pause = Math.max((last - first) * pausePart, median * pauseTimes);
  const spans: { from: number; to: number }[] = [{ from: first, to: first }];
  for (const ms of sorted) {
    const current = spans.at(-1)!;
    if (ms - current.to > pause) spans.push({ from: ms, to: ms });
    else current.to = ms;
  }
  return place(spans, left, right);
}

/** Every stretch gets a fair share, so that a single event has room for its time, and the rest by duration. */
function place(spans: readonly { from: number; to: number }[], left: number, right: number): Stretch[] {
  const room = right - left - (spans.length - 1) * breakWidth;
  const total = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  let x = left;
  return spans.map(({ from, to }) => {
    const part = total === 0 ? 1 / spans.length : 0.4 / spans.length + (0.6 * (to - from)) / total;
    const stretch = { from, to, x, width: room * part };
    x += stretch.width + breakWidth;
    return stretch;
  });
}

/** Where an instant of one of the stretches is drawn. */
export function xOf(ms: number, stretches: readonly Stretch[]): number {
  const stretch = stretches.find(({ to }) => ms <= to) ?? stretches.at(-1)!;
  const { from, to, x, width } = stretch;
  if (to === from) return x + width / 2;
  return x + padding + ((ms - from) / (to - from)) * (width - 2 * padding);
}

/** Round instants to label; where no round one falls into the stretch, its beginning. */
export function ticksOf({ from, to, width }: Stretch): number[] {
  const ticksMax = Math.max(1, Math.floor(width / tickWidth));
  const minutes = tickMinutes.find((m) => (to - from) / (m * minuteMs) <= ticksMax) ?? tickMinutes.at(-1)!;
  const step = minutes * minuteMs;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks.length > 0 ? ticks : [from];
}
