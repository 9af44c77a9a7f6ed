import type { CorrelatedEvent, CorrelationMatch } from "./match.ts";
import type { Carried, Occurrence } from "./occurrence.ts";

/** Distinct sets of values that one match offers to an outer correlation. */
const maxCarried = 1000;

/** A run of events being collected: from the first window that held to the latest. */
export interface Run {
  readonly id: string;
  readonly display: readonly string[];
  /** Number, within the group, of the latest event of the run. */
  lastNumber: number;
  /** Earliest time, inside inner matches too. */
  firstMs: number;
  firstNs: number;
  lastMs: number;
  lastNs: number;
  count: number;
  value: number;
  readonly events: CorrelatedEvent[];
  /** Rules that have had an event beyond the limit listed. */
  readonly extraRules: Set<string>;
  /** Inner matches by id → place in `events`, -1 when left out: a finished one replaces its unfinished state. */
  readonly inner: Map<string, number>;
  readonly carried: Map<string, Carried>;
  /** Events whose values are not in `carried` for want of room. */
  uncarried: number;
}

export function startRun(id: string, first: Occurrence): Run {
  return {
    id,
    display: first.display,
    lastNumber: -1,
    firstMs: first.ms,
    firstNs: first.ns,
    lastMs: first.ms,
    lastNs: first.ns,
    count: 0,
    value: Number.NaN,
    events: [],
    extraRules: new Set(),
    inner: new Map(),
    carried: new Map(),
    uncarried: 0,
  };
}

/** How many events may still be listed: in one run, and in all open runs of a correlation together. */
export interface ListRoom {
  readonly perRun: number;
  all: number;
}

/** The next event of the run; `ruleIds` are the rules it comes from. */
export function addToRun(run: Run, occurrence: Occurrence, ruleIds: readonly string[], room: ListRoom): void {
  run.lastMs = occurrence.ms;
  run.lastNs = occurrence.ns;
  carry(run, occurrence);
  const { match } = occurrence;
  if (match !== undefined) {
    if (match.first.ms < run.firstMs || (match.first.ms === run.firstMs && match.first.ns < run.firstNs)) {
      run.firstMs = match.first.ms;
      run.firstNs = match.first.ns;
    }
    const place = run.inner.get(match.id);
    if (place !== undefined) {
      if (place >= 0) run.events[place] = toEvent(occurrence, ruleIds);
      return;
    }
  }
  run.count++;
  const isListed = (run.events.length < room.perRun && room.all > 0) || isFirstOfRule(run, ruleIds);
  if (match !== undefined) run.inner.set(match.id, isListed ? run.events.length : -1);
  if (!isListed) return;
  run.events.push(toEvent(occurrence, ruleIds));
  room.all--;
}

/** Beyond the limit one event of each rule is still listed, so that no step of a temporal match stays uncited. */
function isFirstOfRule(run: Run, ruleIds: readonly string[]): boolean {
  let isFirst = false;
  for (const id of ruleIds) {
    if (run.extraRules.has(id)) continue;
    run.extraRules.add(id);
    isFirst = true;
  }
  return isFirst;
}

function toEvent({ ref, ms, ns, match }: Occurrence, ruleIds: readonly string[]): CorrelatedEvent {
  const time = { ms, ns };
  return match === undefined ? { ref, time, ruleIds } : { ref, time, ruleIds, match };
}

function carry(run: Run, { carried }: Occurrence): void {
  for (const values of carried) {
    const key = JSON.stringify(values);
    if (run.carried.size < maxCarried) run.carried.set(key, values);
    else if (!run.carried.has(key)) run.uncarried++;
  }
}

export function toMatch(
  run: Run,
  correlation: CorrelationMatch["correlation"],
  isOngoing: boolean,
): CorrelationMatch {
  const group: Record<string, string> = {};
  for (const [index, name] of correlation.groupBy.entries()) group[name] = run.display[index]!;
  const match = {
    id: run.id,
    correlation,
    group,
    first: { ms: run.firstMs, ns: run.firstNs },
    last: { ms: run.lastMs, ns: run.lastNs },
    events: run.events,
    eventCount: run.count,
    eventsOmitted: run.count - run.events.length,
    value: run.value,
  };
  return isOngoing ? { ...match, ongoing: true } : match;
}
