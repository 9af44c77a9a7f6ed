/** One difference between two clocks, and the key that it was read from. */
export interface Difference {
  readonly key: string;
  readonly diffMs: number;
}

export interface Mode<D extends Difference> {
  /** Median of the differences in the window. */
  readonly offsetMs: number;
  /** Largest minus smallest difference in the window. */
  readonly spreadMs: number;
  /** Distinct keys in the window. */
  readonly anchors: number;
  /** The window's differences, one a key: its nearest to the median. Ordered as given. */
  readonly members: D[];
  /** The best window elsewhere: what chance or a second cause offers. */
  readonly runnerUp?: { offsetMs: number; anchors: number };
}

/** Differences of one offset lie this close together: logs of whole seconds, and the time between request and log line. */
export const windowMs = 10_000;

/**
 * The offset that most keys agree on: differences are sorted, a window slides over them and counts distinct keys, so a
 * chance pair or a key with many pairs adds next to nothing. undefined without differences.
 */
export function findMode<D extends Difference>(differences: readonly D[]): Mode<D> | undefined {
  if (differences.length === 0) return undefined;
  const sorted = [...differences].sort((a, b) => a.diffMs - b.diffMs);
  const best = bestWindow(sorted, () => true)!;
  const inside = sorted.slice(best.from, best.to);
  const low = inside[0]!.diffMs;
  const high = inside.at(-1)!.diffMs;
  const other = bestWindow(sorted, (diffMs) => diffMs < low - windowMs || diffMs > high + windowMs);
  const offsetMs = median(inside.map(({ diffMs }) => diffMs));
  const members = nearestByKey(inside, offsetMs);
  const kept = members.map(({ diffMs }) => diffMs);
  return {
    offsetMs: median(kept.toSorted((a, b) => a - b)),
    spreadMs: Math.max(...kept) - Math.min(...kept),
    anchors: best.keys,
    members,
    ...(other && {
      runnerUp: {
        offsetMs: median(sorted.slice(other.from, other.to).map(({ diffMs }) => diffMs)),
        anchors: other.keys,
      },
    }),
  };
}

interface Window {
  from: number;
  to: number;
  keys: number;
}

/** The window with most distinct keys among the allowed differences; of equals the narrowest, then the first. */
function bestWindow(sorted: readonly Difference[], allowed: (diffMs: number) => boolean): Window | undefined {
  const counts = new Map<string, number>();
  let best: (Window & { width: number }) | undefined;
  let from = 0;
  for (let to = 0; to < sorted.length; to++) {
    const { key, diffMs } = sorted[to]!;
    if (!allowed(diffMs)) {
      counts.clear();
      from = to + 1;
      continue;
    }
    counts.set(key, (counts.get(key) ?? 0) + 1);
    while (diffMs - sorted[from]!.diffMs > windowMs) {
      const gone = sorted[from++]!.key;
      const left = counts.get(gone)! - 1;
      if (left === 0) counts.delete(gone);
      else counts.set(gone, left);
    }
    const width = diffMs - sorted[from]!.diffMs;
    if (!best || counts.size > best.keys || (counts.size === best.keys && width < best.width))
      best = { from, to: to + 1, keys: counts.size, width };
  }
  return best;
}

function nearestByKey<D extends Difference>(inside: readonly D[], offsetMs: number): D[] {
  const nearest = new Map<string, D>();
  for (const one of inside) {
    const held = nearest.get(one.key);
    if (!held || Math.abs(one.diffMs - offsetMs) < Math.abs(held.diffMs - offsetMs))
      nearest.set(one.key, one);
  }
  return [...nearest.values()];
}

/** Middle of sorted numbers, the lower of two. */
export function median(sorted: readonly number[]): number {
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
