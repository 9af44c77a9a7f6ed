import { keyOf, type Observable } from "./observable.ts";
import type { ReadDocument } from "./provider.ts";
import { type Reading, tlpLevels } from "./reading.ts";

/** Readings of a document that lists many observables, as a feed: nothing is said until somebody asks about one. */
export function feedOf(part: string, readings: readonly Reading[], size = readings.length): ReadDocument {
  const byKey = new Map<string, Reading>();
  for (const one of readings)
    for (const about of [one.about, ...one.aliases]) {
      const before = byKey.get(keyOf(about));
      byKey.set(keyOf(about), before === undefined ? one : mergeReadings(before, one));
    }
  return {
    outcome: "answered",
    part,
    readings: [],
    feedSize: size,
    feed: (observable: Observable) => byKey.get(keyOf(observable)),
  };
}

/** Two statements of one document about one observable: the stronger one, with what the other adds. */
export function mergeReadings(a: Reading, b: Reading): Reading {
  const [strong, weak] = b.weight > a.weight ? [b, a] : [a, b];
  const firstSeen = [a.firstSeen, b.firstSeen].filter((one) => one !== undefined).sort()[0];
  const lastSeen = [a.lastSeen, b.lastSeen]
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);
  const tlp = [a.tlp, b.tlp]
    .filter((one) => one !== undefined)
    .sort((x, y) => tlpLevels.indexOf(y) - tlpLevels.indexOf(x))[0];
  const add = (text: string) => (text === "" || strong.summary.includes(text) ? "" : `; also: ${text}`);
  return {
    ...strong,
    // A list that names one observable a thousand times must not make a summary of that length.
    summary: strong.summary.length > 600 ? strong.summary : `${strong.summary}${add(weak.summary)}`,
    relations: [...strong.relations, ...weak.relations],
    techniques: [...strong.techniques, ...weak.techniques],
    labels: [...new Set([...strong.labels, ...weak.labels])],
    notes: [...new Set([...strong.notes, ...weak.notes])],
    ...(firstSeen !== undefined && { firstSeen }),
    ...(lastSeen !== undefined && { lastSeen }),
    ...(tlp !== undefined && { tlp }),
  };
}

/** One reading for each observable of a short list. */
export function mergeByObservable(readings: readonly Reading[]): Reading[] {
  const byKey = new Map<string, Reading>();
  for (const one of readings) {
    const before = byKey.get(keyOf(one.about));
    byKey.set(keyOf(one.about), before === undefined ? one : mergeReadings(before, one));
  }
  return [...byKey.values()];
}
