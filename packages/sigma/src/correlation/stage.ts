import { countedValues, fieldOfInput, groupOf, numberIn, planFields } from "./extract.ts";
import { addToGroup, closeGroup, createGroup, type Group, type GroupRules, latestOf } from "./group.ts";
import { judgeOf } from "./judge.ts";
import type {
  CorrelationMatch,
  CorrelationStats,
  CorrelatorOptions,
  MatchValue,
  RuleMatch,
} from "./match.ts";
import { type Carried, compareOccurrences, isSameEvent, merge, type Occurrence } from "./occurrence.ts";
import { createOrderedQueue } from "./queue.ts";
import type { ResolvedCorrelation } from "./resolve.ts";
import { type Run, toMatch } from "./run.ts";

/** A match of an inner correlation on its way to an outer one. */
export interface InnerMatch {
  readonly match: CorrelationMatch;
  /** When it counts as having happened. */
  readonly time: { readonly ms: number; readonly ns: number };
  /** Values of the fields in `carriedFields` of the inner stage, one set for each combination among its events. */
  readonly carried: readonly Carried[];
}

/** One correlation at work. */
export interface Stage {
  readonly resolved: ResolvedCorrelation;
  readonly stats: CorrelationStats;
  /** Fields that outer correlations need of this one's matches, besides its own group values. */
  readonly carriedFields: string[];
  accept(match: RuleMatch, input: number): void;
  acceptInner(inner: InnerMatch, input: number, from: Stage): void;
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

type Get = (field: string) => MatchValue | undefined | null;

export function createStage(
  resolved: ResolvedCorrelation,
  options: Required<Omit<CorrelatorOptions, "latenessMs">>,
  output: StageOutput,
): Stage {
  const { correlation, inputs } = resolved;
  const stats = createStats(correlation.id);
  const plan = planFields(resolved);
  const judge = judgeOf(resolved);
  const queue = createOrderedQueue(compareOccurrences);
  /** In order of their latest event, so that idle groups are at the front. */
  const groups = new Map<string, Group>();
  const carriedFields: string[] = [];
  let reachedMs = Number.NEGATIVE_INFINITY;

  const inputLists = inputs.map((_, index) => [index]);
  const idLists = new Map<number | string, readonly string[]>(
    inputs.map((input, index) => [index, [input.id]]),
  );
  const ruleIds = (list: readonly number[]): readonly string[] => {
    const key = list.length === 1 ? list[0]! : list.join(",");
    let ids = idLists.get(key);
    if (ids === undefined) {
      ids = list.map((index) => inputs[index]!.id);
      idLists.set(key, ids);
    }
    return ids;
  };

  const rules: GroupRules = {
    correlationId: correlation.id,
    spanMs: correlation.timespanMs,
    judge,
    maxEvents: Math.max(options.maxEventsPerGroup, judge.neededEvents, 2),
    maxEventsPerMatch: options.maxEventsPerMatch,
    lastInput: inputs.length - 1,
    stats,
    ruleIds,
    finish: (run) => {
      stats.matches++;
      const match = toMatch(run, correlation, false);
      output.emit({ match, time: match.last, carried: [...run.carried.values()] });
    },
    ...(output.tick === undefined ? {} : { tick: (run: Run, at: Occurrence) => sendTick(run, at) }),
  };

  const sendTick = (run: Run, at: Occurrence) => {
    const match = toMatch(run, correlation, true);
    output.tick?.({ match, time: { ms: at.ms, ns: at.ns }, carried: [...run.carried.values()] });
  };

  const offer = (occurrence: Occurrence) => {
    if (occurrence.ms < reachedMs) stats.late++;
    else queue.push(occurrence);
  };

  const occurrenceOf = (
    about: { ms: number; ns: number; ref: string; match: CorrelationMatch | undefined },
    input: number,
    get: Get,
    carried: readonly Carried[],
  ): Occurrence | undefined => {
    const group = groupOf(plan.groupFields[input]!, get);
    if (group === undefined) {
      stats.ungrouped++;
      return undefined;
    }
    const fields = plan.valueFields[input]!;
    const values = correlation.type === "value_count" ? countedValues(fields, get) : noValues;
    const amount = fields.length > 0 && correlation.type !== "value_count" ? numberIn(fields[0]!, get) : 0;
    if (amount === undefined || (correlation.type === "value_count" && values.length === 0)) {
      stats.valueless++;
      return undefined;
    }
    const { ms, ns, ref, match } = about;
    const { key, display } = group;
    return { ms, ns, ref, key, display, inputs: inputLists[input]!, values, amount, carried, match };
  };

  const handle = (occurrence: Occurrence) => {
    let group = groups.get(occurrence.key);
    if (group === undefined) {
      if (groups.size >= options.maxGroups) evictGroup();
      group = createGroup(occurrence.key, judge);
    } else groups.delete(occurrence.key);
    groups.set(occurrence.key, group);
    addToGroup(rules, group, occurrence);
  };

  /** A monotone condition may be judged early; for the others the events still to come matter. */
  const evictGroup = () => {
    const oldest = groups.values().next().value;
    if (oldest === undefined) return;
    groups.delete(oldest.key);
    stats.evictedGroups++;
    stats.evictedEvents += oldest.buffer.length - oldest.head;
    if (!judge.isMonotone) {
      oldest.judgedNumber = Number.MAX_SAFE_INTEGER;
      stats.unjudgedWindows++;
    }
    closeGroup(rules, oldest);
  };

  const takeNext = () => {
    let occurrence = queue.pop()!;
    for (let next = queue.peek(); next !== undefined && isSameEvent(occurrence, next); next = queue.peek()) {
      occurrence = merge(occurrence, queue.pop()!);
    }
    handle(occurrence);
  };

  const closeIdle = (limitMs: number) => {
    for (const group of groups.values()) {
      if (latestOf(group).ms + rules.spanMs >= limitMs) return;
      groups.delete(group.key);
      closeGroup(rules, group);
    }
  };

  return {
    resolved,
    stats,
    carriedFields,
    accept(match, input) {
      stats.received++;
      const { time } = match;
      if (time === undefined) {
        stats.undated++;
        return;
      }
      const get: Get = (field) => match.get(field);
      const about = { ms: time.ms, ns: time.ns, ref: match.ref, match: undefined };
      const carried = carriedOf(resolved, input, carriedFields, get);
      const occurrence = occurrenceOf(about, input, get, carried);
      if (occurrence === undefined) return;
      offer(occurrence);
      while (queue.size > options.maxPending) {
        stats.hurried++;
        reachedMs = Math.max(reachedMs, queue.peek()!.ms);
        takeNext();
      }
    },
    acceptInner({ match, time, carried }, input, from) {
      if (match.ongoing !== true) stats.received++;
      const about = { ms: time.ms, ns: time.ns, ref: match.id, match };
      const byKey = new Map<string, Occurrence>();
      for (const values of from.carriedFields.length === 0 ? [noValues] : carried) {
        const get = innerGet(match, from, values);
        const own = carriedOf(resolved, input, carriedFields, get);
        const occurrence = occurrenceOf(about, input, get, own);
        if (occurrence === undefined) continue;
        const known = byKey.get(occurrence.key);
        byKey.set(occurrence.key, known === undefined ? occurrence : join(known, occurrence));
      }
      for (const occurrence of byKey.values()) offer(occurrence);
    },
    advance(limitMs) {
      for (let next = queue.peek(); next !== undefined && next.ms < limitMs; next = queue.peek()) takeNext();
      if (limitMs > reachedMs) reachedMs = limitMs;
      closeIdle(limitMs);
    },
    get reachedMs() {
      return reachedMs;
    },
    finish() {
      while (queue.size > 0) takeNext();
      for (const group of groups.values()) closeGroup(rules, group);
      groups.clear();
      reachedMs = Number.NEGATIVE_INFINITY;
    },
  };
}

const noValues: readonly string[] = [];
const noCarried: readonly Carried[] = [];

/** The same inner match in one group with several values: all are counted. */
function join(a: Occurrence, b: Occurrence): Occurrence {
  return { ...a, values: [...new Set([...a.values, ...b.values])], carried: [...a.carried, ...b.carried] };
}

/** The fields of an inner match: its group values, then what it carries of its events. */
function innerGet(match: CorrelationMatch, from: Stage, values: Carried): Get {
  return (field) => {
    if (Object.hasOwn(match.group, field)) return match.group[field];
    const index = from.carriedFields.indexOf(field);
    return index < 0 ? undefined : values[index];
  };
}

/** What an outer correlation will want to know of this event. */
function carriedOf(
  resolved: ResolvedCorrelation,
  input: number,
  fields: readonly string[],
  get: Get,
): readonly Carried[] {
  if (fields.length === 0) return noCarried;
  return [fields.map((field) => get(fieldOfInput(resolved, input, field)) ?? undefined)];
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
    matches: 0,
  };
}
