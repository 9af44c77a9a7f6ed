import type { GroupRules } from "./group.ts";
import { createGroupTable } from "./group-table.ts";
import { judgeOf } from "./judge.ts";
import type { CorrelationStats, CorrelatorOptions, RuleMatch } from "./match.ts";
import { compareOccurrences, isSameEvent, merge, type Occurrence } from "./occurrence.ts";
import { createOrderedQueue } from "./queue.ts";
import { createReader, type InnerMatch } from "./reader.ts";
import type { CorrelationInput, ResolvedCorrelation } from "./resolve.ts";
import { type Run, toMatch } from "./run.ts";

/** One correlation at work: puts its events in order and hands them to its groups. */
export interface Stage {
  readonly resolved: ResolvedCorrelation;
  readonly stats: CorrelationStats;
  /** Fields that outer correlations need of this one's matches, besides its own group values. */
  readonly carriedFields: string[];
  accept(match: RuleMatch, input: number): void;
  acceptInner(inner: InnerMatch, input: number): void;
  /** Works through everything older than `limitMs`; nothing older may be accepted afterwards. */
  advance(limitMs: number): void;
  /** Everything older than this has been worked through. */
  readonly reachedMs: number;
  /** Works through everything and ends every run. */
  finish(): void;
}

export interface StageOutput {
  emit(inner: InnerMatch): void;
  /** Set when an outer temporal correlation wants to know when the condition comes to hold. */
  tick?(inner: InnerMatch): void;
}

export type Limits = Required<Omit<CorrelatorOptions, "latenessMs">>;

export function createStage(resolved: ResolvedCorrelation, limits: Limits, output: StageOutput): Stage {
  const stats = createStats(resolved.correlation.id);
  const carriedFields: string[] = [];
  const reader = createReader(resolved, carriedFields, stats);
  const groups = createGroupTable(
    groupRules(resolved, limits, stats, carriedFields, output),
    limits.maxGroups,
  );
  const queue = createOrderedQueue(compareOccurrences);
  let reachedMs = Number.NEGATIVE_INFINITY;

  const offer = (occurrence: Occurrence) => {
    if (occurrence.ms < reachedMs) stats.late++;
    else queue.push(occurrence);
  };

  const takeNext = () => {
    let occurrence = queue.pop()!;
    for (let next = queue.peek(); next !== undefined && isSameEvent(occurrence, next); next = queue.peek()) {
      occurrence = merge(occurrence, queue.pop()!);
    }
    groups.add(occurrence);
  };

  const makeRoom = () => {
    while (queue.size > limits.maxPending) {
      stats.hurried++;
      reachedMs = Math.max(reachedMs, queue.peek()!.ms);
      takeNext();
    }
  };

  return {
    resolved,
    stats,
    carriedFields,
    accept(match, input) {
      stats.received++;
      const { time, ref } = match;
      if (time === undefined) {
        stats.undated++;
        return;
      }
      const about = { ms: time.ms, ns: time.ns, ref, match: undefined };
      const occurrence = reader.event(about, input, (field) => match.get(field));
      if (occurrence !== undefined) offer(occurrence);
      makeRoom();
    },
    acceptInner(inner, input) {
      if (inner.match.ongoing !== true) stats.received++;
      for (const occurrence of reader.inner(inner, input)) offer(occurrence);
      makeRoom();
    },
    advance(limitMs) {
      for (let next = queue.peek(); next !== undefined && next.ms < limitMs; next = queue.peek()) takeNext();
      if (limitMs > reachedMs) reachedMs = limitMs;
      groups.closeIdle(limitMs);
    },
    get reachedMs() {
      return reachedMs;
    },
    finish() {
      while (queue.size > 0) takeNext();
      groups.closeAll();
      reachedMs = Number.NEGATIVE_INFINITY;
    },
  };
}

function groupRules(
  resolved: ResolvedCorrelation,
  limits: Limits,
  stats: CorrelationStats,
  carriedFields: readonly string[],
  { emit, tick }: StageOutput,
): GroupRules {
  const { correlation, inputs } = resolved;
  const judge = judgeOf(resolved);
  const toInner = (run: Run, isOngoing: boolean): InnerMatch => {
    const match = toMatch(run, correlation, isOngoing);
    return { match, time: match.last, carriedFields, carried: [...run.carried.values()] };
  };
  const rules: GroupRules = {
    correlationId: correlation.id,
    spanMs: correlation.timespanMs,
    judge,
    maxEvents: Math.max(limits.maxEventsPerGroup, judge.neededEvents, 2),
    room: { perRun: limits.maxEventsPerMatch, all: limits.maxListedEvents },
    lastInput: inputs.length - 1,
    stats,
    ruleIds: ruleIdLists(inputs),
    finish(run) {
      stats.matches++;
      stats.uncarried += run.uncarried;
      emit(toInner(run, false));
    },
  };
  return tick === undefined ? rules : { ...rules, tick: (run) => tick(toInner(run, true)) };
}

/** One list for all events of the same rules: a match of 500 events needs no 500 lists. */
function ruleIdLists(inputs: readonly CorrelationInput[]): (indices: readonly number[]) => readonly string[] {
  const single = inputs.map((input) => [input.id]);
  const several = new Map<string, readonly string[]>();
  return (indices) => {
    if (indices.length === 1) return single[indices[0]!]!;
    const key = indices.join(",");
    const known = several.get(key);
    if (known !== undefined) return known;
    const ids = indices.map((index) => inputs[index]!.id);
    several.set(key, ids);
    return ids;
  };
}

function createStats(correlationId: string): CorrelationStats {
  return {
    correlationId,
    received: 0,
    undated: 0,
    late: 0,
    ungrouped: 0,
    valueless: 0,
    evictedEvents: 0,
    evictedGroups: 0,
    unjudgedWindows: 0,
    hurried: 0,
    uncarried: 0,
    matches: 0,
  };
}
