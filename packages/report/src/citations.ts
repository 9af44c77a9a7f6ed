import { parseEventRef } from "@firebreak/model/event";
import type { Citation, Picture } from "@firebreak/model/picture";

/** Every record that the picture cites, numbered from 1 in the order of the evidence: path, then place in it. */
export interface CitationIndex {
  readonly citations: readonly Citation[];
  /** Number of a reference, or undefined when only its id is known. */
  numberOf(ref: string): number | undefined;
}

/** The index is asked for by every section; a picture is frozen, so it is made once. */
const known = new WeakMap<Picture, CitationIndex>();

export function indexCitations(picture: Picture): CitationIndex {
  const index = known.get(picture) ?? build(picture);
  known.set(picture, index);
  return index;
}

function build(picture: Picture): CitationIndex {
  const byRef = new Map<string, Citation>();
  const add = (citations: readonly Citation[]) => {
    for (const citation of citations) if (!byRef.has(citation.ref)) byRef.set(citation.ref, citation);
  };
  for (const { events } of picture.findings) add(events);
  for (const { events } of picture.entities) add(events);
  for (const { events } of picture.research) add(events);
  for (const { events } of picture.clocks) add(events);
  for (const { events } of picture.detections) add(events);
  for (const { event } of picture.timeline) add([event]);
  const citations = [...byRef.values()].sort(compare);
  const numbers = new Map(citations.map(({ ref }, i) => [ref, i + 1]));
  return { citations, numberOf: (ref) => numbers.get(ref) };
}

function compare(a: Citation, b: Citation): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  if (a.offset !== b.offset) return a.offset - b.offset;
  const subs = (parseEventRef(a.ref)?.sub ?? -1) - (parseEventRef(b.ref)?.sub ?? -1);
  return subs !== 0 ? subs : a.ref < b.ref ? -1 : 1;
}

/** Runs of numbers: 3, 4, 5, 9 → [3, 5], [9, 9]. */
export function ranges(numbers: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const n of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs;
}
