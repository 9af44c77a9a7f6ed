import { compareText, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import type { SigmaRule } from "@firebreak/sigma";
import { type Actor, actorsOf } from "./actors.ts";
import { type ChainMatch, matchChain, type StepEvent } from "./chain-match.ts";
import { type ChainSpec, type ChainStep, loadChains, type Pivot } from "./chain-spec.ts";
import { summariseActors } from "./entities-of.ts";
import { type EventRow, eventOrder, eventRowColumns, isoOf, matchJoin, refOf } from "./rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "./scene.ts";

/** Events kept per entity and step; the count stays exact. */
const maxStepEvents = 2000;
/** Rows read per rule: a rule that matches more is a base rate, not a step. */
const maxRowsPerRule = 200_000;

interface Gathered {
  rows: Map<string, EventRow>;
  /** Chain → pivot value → step → events. */
  byChain: Map<ChainSpec, Map<string, StepEvent[][]>>;
}

/** Findings of all chains over the matches of their steps' rules. */
export async function findChains(scene: Scene): Promise<Finding[]> {
  const chains = loadChains();
  const gathered = await gather(scene, chains);
  const findings: Finding[] = [];
  for (const [spec, byPivot] of gathered.byChain) {
    for (const [pivot, events] of [...byPivot].sort((a, b) => compareText(a[0], b[0]))) {
      const match = matchChain(spec, pivot, events);
      if (match) findings.push(toFinding(scene, match, gathered.rows));
    }
  }
  return findings;
}

function rulesOfStep(step: ChainStep, rules: readonly SigmaRule[]): number[] {
  return rules.flatMap((rule, number) => {
    const named = step.rules.some((wanted) => wanted === rule.id || wanted === rule.name);
    const technique = step.techniques.some((id) =>
      rule.techniques.some((has) => has === id || has.startsWith(`${id}.`)),
    );
    return named || (technique && rule.level !== "informational") ? [number] : [];
  });
}

async function gather(scene: Scene, chains: readonly ChainSpec[]): Promise<Gathered> {
  const users = new Map<number, { spec: ChainSpec; index: number }[]>();
  for (const spec of chains) {
    for (const [index, step] of spec.steps.entries()) {
      for (const rule of rulesOfStep(step, scene.ruleSet.rules))
        getOrMake(users, rule, () => []).push({ spec, index });
    }
  }
  const gathered: Gathered = { rows: new Map(), byChain: new Map(chains.map((spec) => [spec, new Map()])) };
  for (const [rule, steps] of [...users].sort((a, b) => a[0] - b[0])) {
    const rows = scene.store.stream<EventRow>(
      `SELECT ${eventRowColumns} FROM matches m JOIN events e ON ${matchJoin} WHERE m.rule = ${rule} ORDER BY ${eventOrder} LIMIT ${maxRowsPerRule}`,
    );
    for await (const row of rows) for (const { spec, index } of steps) keep(gathered, spec, index, row);
  }
  // Rules of one step were read one after the other: put their events in one order.
  for (const byPivot of gathered.byChain.values())
    for (const steps of byPivot.values()) for (const list of steps) sortEvents(list);
  return gathered;
}

function sortEvents(events: StepEvent[]): void {
  events.sort(
    (a, b) =>
      (a.ms ?? Number.POSITIVE_INFINITY) - (b.ms ?? Number.POSITIVE_INFINITY) || compareText(a.ref, b.ref),
  );
}

function keep(gathered: Gathered, spec: ChainSpec, index: number, row: EventRow): void {
  const ref = refOf(row);
  const values = {
    user_name: row.user_name,
    host: row.host,
    source_ip: row.source_ip,
    destination_ip: row.destination_ip,
  };
  for (const pivot of pivotsOf(row, spec.steps[index]!.pivot)) {
    const steps = getOrMake(gathered.byChain.get(spec)!, pivot, () => spec.steps.map((): StepEvent[] => []));
    const list = steps[index]!;
    if (list.length >= maxStepEvents || list.some((event) => event.ref === ref)) continue;
    list.push({ ref, ms: row.ms, values });
    gathered.rows.set(ref, row);
  }
}

function pivotsOf(row: EventRow, pivot: Pivot): string[] {
  const wanted: Record<Pivot, (actor: Actor) => boolean> = {
    "source.ip": (actor) => actor.role === "source",
    "destination.ip": (actor) => actor.role === "destination",
    "host.name": (actor) => actor.role === "host",
    "user.name": (actor) => actor.role === "account",
    address: (actor) => actor.type === "address",
  };
  return actorsOf(row)
    .filter(wanted[pivot])
    .map((actor) => (actor.type === "address" ? actor.value : actor.value.toLowerCase()));
}

function toFinding(scene: Scene, match: ChainMatch, rows: Map<string, EventRow>): Finding {
  const { spec } = match;
  const refs = [...new Set(match.steps.flatMap((step) => step.events.map((event) => event.ref)))];
  const cited = refs.map((ref) => rows.get(ref)!);
  const level = spec.levels[match.met - spec.minimum]!;
  const met = match.steps.filter((step) => step.met).map((step) => step.step.name);
  return {
    id: findingId("chain", spec.id, match.pivot),
    kind: "chain",
    title: `${spec.title}: ${displayPivot(match.pivot, cited)}`,
    statement: `${spec.statement.replaceAll("{pivot}", displayPivot(match.pivot, cited))} ${match.met} of ${match.steps.length} steps were seen: ${met.join("; ")}.`,
    severity: level.severity,
    confidence: level.confidence,
    start: isoOf(match.startMs),
    end: isoOf(match.endMs),
    entities: summariseActors(cited),
    techniques: techniquesOf(scene, spec.techniques, refs),
    events: cited.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, cited.length - shownEvents),
    alternatives: spec.alternatives,
    steps: match.steps.map((step) => ({
      name: step.step.name,
      met: step.met,
      events: step.events.slice(0, shownEvents).map((event) => event.ref),
      ...(step.nearestMiss !== undefined && { nearestMiss: step.nearestMiss }),
    })),
  };
}

/** Pivots compare in lower case; people see the name as recorded. */
function displayPivot(pivot: string, rows: readonly EventRow[]): string {
  for (const row of rows) {
    const actor = actorsOf(row).find((candidate) => candidate.value.toLowerCase() === pivot);
    if (actor) return actor.value;
  }
  return pivot;
}
