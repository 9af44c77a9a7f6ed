import { fieldOfInput, planFields } from "./extract.ts";
import type {
  CorrelationMatch,
  CorrelationStats,
  Correlator,
  CorrelatorOptions,
  Instant,
  RuleMatch,
} from "./match.ts";
import { compareInstants, compareMatches, compareRefs } from "./order.ts";
import type { InnerMatch } from "./reader.ts";
import { type ResolvedCorrelation, type RuleIdentity, resolveCorrelations } from "./resolve.ts";
import { createStage, type Limits, type Stage } from "./stage.ts";
import type { CorrelationRule } from "./types.ts";

/** Pushes between two rounds over all correlations that close what is over. */
const roundLength = 1024;

interface Consumer {
  readonly stage: Stage;
  readonly input: number;
}

interface Node {
  readonly stage: Stage;
  readonly isReported: boolean;
  readonly inner: readonly Node[];
  readonly consumers: Consumer[];
}

/**
 * Correlates matches of rules as they come.
 *
 * A window is a largest set of one group's events of which the first and last are at most the timespan apart
 * (exactly the timespan is inside). The condition is judged for each window when no further event can join it. Windows
 * for which it holds and which share an event make one run, and a run is reported once, when no later window can share
 * an event with it. docs/sigma-correlations.md has the whole definition.
 *
 * @param rules what the correlations may refer to: every compiled rule of the set
 * @example
 * const correlator = createCorrelator(set.correlations, set.rules, { latenessMs: 0 });
 * for (const match of matches) report(correlator.push(match));
 * report(correlator.flush());
 */
export function createCorrelator(
  correlations: readonly CorrelationRule[],
  rules: readonly RuleIdentity[],
  options: CorrelatorOptions = {},
): Correlator {
  const { resolved, silenced, diagnostics } = resolveCorrelations(correlations, rules);
  const finished: CorrelationMatch[] = [];
  const nodes = createNodes(resolved, silenced, limitsOf(options), finished);
  const byRule = indexByRule(nodes);
  const latenessMs = options.latenessMs ?? Number.POSITIVE_INFINITY;
  let newestMs = Number.NEGATIVE_INFINITY;
  let pushes = 0;

  return {
    diagnostics,
    silenced,
    wants: (ruleId) => byRule.has(ruleId),
    fields: (ruleId) => [
      ...new Set((byRule.get(ruleId) ?? []).flatMap(({ node, input }) => fieldsWanted(node.stage, input))),
    ],
    push(match) {
      const consumers = byRule.get(match.ruleId);
      if (consumers === undefined) return [];
      if (match.time !== undefined && match.time.ms > newestMs) newestMs = match.time.ms;
      const limitMs = newestMs - latenessMs;
      for (const { node, input } of consumers) {
        node.stage.accept(match, input);
        node.stage.advance(limitFor(node, limitMs));
      }
      if (++pushes % roundLength === 0) advanceAll(nodes, limitMs);
      return takeFinished(finished);
    },
    flush() {
      for (const { stage } of nodes) stage.finish();
      newestMs = Number.NEGATIVE_INFINITY;
      return takeFinished(finished);
    },
    stats: () => nodes.map(({ stage }): CorrelationStats => ({ ...stage.stats })),
  };
}

/**
 * Correlates a whole set of matches, in any order. Gives what a correlator gives that is pushed the same matches within
 * its lateness and then flushed, sorted by `compareMatches`.
 */
export function correlateAll(
  correlations: readonly CorrelationRule[],
  rules: readonly RuleIdentity[],
  matches: readonly RuleMatch[],
  options: Omit<CorrelatorOptions, "latenessMs"> = {},
): Pick<Correlator, "diagnostics" | "silenced"> & {
  matches: CorrelationMatch[];
  stats: readonly CorrelationStats[];
} {
  const correlator = createCorrelator(correlations, rules, { ...options, latenessMs: 0 });
  const inOrder = matches.toSorted((a, b) => compareTimes(a.time, b.time) || compareRefs(a.ref, b.ref));
  const found: CorrelationMatch[] = [];
  for (const match of inOrder) for (const over of correlator.push(match)) found.push(over);
  for (const over of correlator.flush()) found.push(over);
  const { diagnostics, silenced } = correlator;
  return { matches: found.sort(compareMatches), stats: correlator.stats(), diagnostics, silenced };
}

/** The events listed behind a match, inner matches opened: each event once, in order of time, then reference. */
export function citedEvents(match: CorrelationMatch): { ref: string; ruleId: string }[] {
  const found = new Map<string, { ref: string; ruleId: string; ms: number; ns: number }>();
  for (const { events } of opened(match)) {
    for (const { ref, ruleIds, time, match: inner } of events) {
      if (inner === undefined && !found.has(ref))
        found.set(ref, { ref, ruleId: ruleIds[0]!, ms: time.ms, ns: time.ns });
    }
  }
  return [...found.values()]
    .sort((a, b) => compareInstants(a, b) || compareRefs(a.ref, b.ref))
    .map(({ ref, ruleId }) => ({ ref, ruleId }));
}

/** Events that take part in a match or in its inner matches and are not listed: how far `citedEvents` falls short. */
export function uncitedCount(match: CorrelationMatch): number {
  let count = 0;
  for (const { eventsOmitted } of opened(match)) count += eventsOmitted;
  return count;
}

/** A match and all those inside it, each once: several can share one. */
function opened(match: CorrelationMatch): Set<CorrelationMatch> {
  const all = new Set([match]);
  for (const { events } of all)
    for (const { match: inner } of events) if (inner !== undefined) all.add(inner);
  return all;
}

/** Undated matches first. */
function compareTimes(a: Instant | undefined, b: Instant | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareInstants(a, b);
}

function limitsOf(options: CorrelatorOptions): Limits {
  return {
    maxEventsPerGroup: options.maxEventsPerGroup ?? 100_000,
    maxGroups: options.maxGroups ?? 100_000,
    maxPending: options.maxPending ?? 2_000_000,
    maxEventsPerMatch: options.maxEventsPerMatch ?? 10_000,
    maxListedEvents: options.maxListedEvents ?? 1_000_000,
  };
}

function createNodes(
  resolved: readonly ResolvedCorrelation[],
  silenced: ReadonlySet<string>,
  limits: Limits,
  finished: CorrelationMatch[],
): Node[] {
  const nodes = new Map<CorrelationRule, Node>();
  for (const item of resolved) {
    const consumers: Consumer[] = [];
    const isReported = !silenced.has(item.correlation.id);
    const wantsTicks = resolved.some((outer) => isTemporal(outer) && usesAsInner(outer, item));
    const emit = (inner: InnerMatch) => {
      for (const { stage: outer, input } of consumers) outer.acceptInner(inner, input);
      if (isReported) finished.push(inner.match);
    };
    const tick = (inner: InnerMatch) => {
      for (const { stage: outer, input } of consumers) {
        if (isTemporal(outer.resolved)) outer.acceptInner(inner, input);
      }
    };
    const stage: Stage = createStage(item, limits, wantsTicks ? { emit, tick } : { emit });
    const inner = item.inputs.flatMap((input) => (input.correlation && nodes.get(input.correlation)) ?? []);
    nodes.set(item.correlation, { stage, isReported, inner, consumers });
    connect(item, stage, nodes);
  }
  passFieldsInward([...nodes.values()]);
  return [...nodes.values()];
}

function isTemporal({ correlation }: ResolvedCorrelation): boolean {
  return correlation.type === "temporal" || correlation.type === "temporal_ordered";
}

function usesAsInner(outer: ResolvedCorrelation, inner: ResolvedCorrelation): boolean {
  return outer.inputs.some((input) => input.correlation === inner.correlation);
}

function connect(item: ResolvedCorrelation, stage: Stage, nodes: ReadonlyMap<CorrelationRule, Node>): void {
  for (const [input, { correlation }] of item.inputs.entries()) {
    if (correlation !== undefined) nodes.get(correlation)?.consumers.push({ stage, input });
  }
}

/** An outer correlation groups by its own fields: those the inner does not group by it takes from the inner's events. */
function passFieldsInward(nodes: readonly Node[]): void {
  for (const { stage } of nodes.toReversed()) {
    for (const [input, { correlation }] of stage.resolved.inputs.entries()) {
      const inner = nodes.find((node) => node.stage.resolved.correlation === correlation);
      if (inner === undefined) continue;
      const known = inner.stage.resolved.correlation.groupBy;
      for (const field of fieldsWanted(stage, input)) {
        if (!known.includes(field) && !inner.stage.carriedFields.includes(field))
          inner.stage.carriedFields.push(field);
      }
    }
  }
}

/** Fields that a correlation reads of the events of one of its rules. */
function fieldsWanted({ resolved, carriedFields }: Stage, input: number): string[] {
  const plan = planFields(resolved);
  const carried = carriedFields.map((field) => fieldOfInput(resolved, input, field));
  return [...plan.groupFields[input]!, ...plan.valueFields[input]!, ...carried];
}

function indexByRule(nodes: readonly Node[]): Map<string, { node: Node; input: number }[]> {
  const byRule = new Map<string, { node: Node; input: number }[]>();
  for (const node of nodes) {
    for (const [input, { id, correlation }] of node.stage.resolved.inputs.entries()) {
      if (correlation !== undefined) continue;
      const consumers = byRule.get(id);
      if (consumers === undefined) byRule.set(id, [{ node, input }]);
      else consumers.push({ node, input });
    }
  }
  return byRule;
}

/**
 * How far a correlation may work. An inner match bears the time of its last event and is known at most two timespans
 * later: one until its last window can hold no more, one until no later window can share an event with it.
 */
function limitFor(node: Node, limitMs: number): number {
  let limit = limitMs;
  for (const { stage } of node.inner) {
    limit = Math.min(limit, stage.reachedMs - 2 * stage.resolved.correlation.timespanMs);
  }
  return limit;
}

/** Inner before outer: the order of the nodes. */
function advanceAll(nodes: readonly Node[], limitMs: number): void {
  for (const node of nodes) node.stage.advance(limitFor(node, limitMs));
}

function takeFinished(finished: CorrelationMatch[]): readonly CorrelationMatch[] {
  return finished.length === 0 ? [] : finished.splice(0).sort(compareMatches);
}
