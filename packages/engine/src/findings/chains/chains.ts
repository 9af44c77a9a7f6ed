import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import type { SigmaRule } from "@firebreak/sigma";
import { together } from "../../store/together.ts";
import { type Actor, actorsOf } from "../actors.ts";
import { summariseActors } from "../entities-of.ts";
import {
  blankRow,
  type EventRow,
  eventOrder,
  eventRowColumns,
  isNoCopy,
  isoOf,
  lightRowColumns,
  matchJoin,
  refOf,
} from "../rows.ts";
import { withRows } from "../rows-by-ref.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "../scene.ts";
import { type ChainMatch, matchChain, type StepEvent } from "./match.ts";
import { type ChainSpec, type ChainStep, loadChains, type Pivot } from "./spec.ts";

/** Events kept per entity and step; the count stays exact. */
const maxStepEvents = 2000;
/** Rows read per step: what matches more is a base rate, not a step. */
const maxRowsPerStep = 200_000;

interface Gathered {
  /** Chain → pivot value → step → events. */
  byChain: Map<ChainSpec, Map<string, StepEvent[][]>>;
}

/** A chain's finding and the entity that joins its steps, in lower case. */
export interface ToldChain {
  finding: Finding;
  pivot: string;
}

/** Findings of all chains over the matches of their steps' rules. */
export async function findChains(scene: Scene): Promise<ToldChain[]> {
  const chains = loadChains();
  const gathered = await gather(scene, chains);
  const matches: ChainMatch[] = [];
  for (const [spec, byPivot] of gathered.byChain) {
    for (const [pivot, events] of [...byPivot].sort((a, b) => compareText(a[0], b[0]))) {
      const match = matchChain(spec, pivot, events);
      if (match) matches.push(match);
    }
  }
  return withRows(scene, matches, refsOfMatch, (match, rows) => ({
    finding: toFinding(scene, match, new Map(rows.map((row) => [refOf(row), row]))),
    pivot: match.pivot.toLowerCase(),
  }));
}

function refsOfMatch(match: ChainMatch): string[] {
  return [...new Set(match.steps.flatMap((step) => step.events.map((event) => event.ref)))];
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
  const gathered: Gathered = { byChain: new Map(chains.map((spec) => [spec, new Map()])) };
  await together(chains.map((spec) => gatherChain(scene, gathered, spec)));
  return gathered;
}

async function gatherChain(scene: Scene, gathered: Gathered, spec: ChainSpec): Promise<void> {
  // The anchor first: other steps matter only for entities that have one.
  await readStep(scene, gathered, spec, spec.anchor, undefined);
  const byPivot = gathered.byChain.get(spec)!;
  const anchored = [...byPivot.keys()].sort(compareText);
  for (const index of spec.steps.keys()) {
    if (index !== spec.anchor && anchored.length > 0) await readStep(scene, gathered, spec, index, anchored);
  }
  for (const steps of byPivot.values()) for (const list of steps) sortEvents(list);
}

async function readStep(
  scene: Scene,
  gathered: Gathered,
  spec: ChainSpec,
  index: number,
  pivots: readonly string[] | undefined,
): Promise<void> {
  const step = spec.steps[index]!;
  const rules = rulesOfStep(step, scene.ruleSet.rules);
  if (rules.length === 0) return;
  const wanted = pivots && new Set(pivots);
  // Addresses that a record only mentions are in its other fields; for all other pivots the parties are enough.
  const columns = step.pivot === "address" ? eventRowColumns : lightRowColumns;
  const rows = scene.store.batches<EventRow>(
    `SELECT ${columns} FROM matches m JOIN ${scene.tableOf(rules)} e ON ${matchJoin} WHERE m.rule IN (${rules.join(",")})${pivotFilter(step.pivot, pivots)}${step.answered ? ` AND ${answeredRequest}` : ""}${step.uncommon ? ` AND ${uncommonProgram}` : ""}${scene.copies > 0 ? ` AND ${isNoCopy}` : ""} ORDER BY ${eventOrder} LIMIT ${maxRowsPerStep}`,
  );
  for await (const batch of rows)
    for (const row of batch)
      keep(gathered, spec, index, columns === lightRowColumns ? { ...blankRow, ...row } : row, wanted);
}

/** No refusal, and no redirect to where everyone is sent: an answer with content, an error of the program, or no web request. */
const answeredRequest =
  "coalesce(e.http_status, 200) NOT IN (301, 308) AND NOT coalesce(e.http_status BETWEEN 400 AND 499, false)";

/** So many machines that run a program of the program folders make it software of the organisation. */
const commonMachines = 3;
const inProgramFolder = (column: string) => `contains(lower(${column}), ':\\program files')`;
const uncommonProgram = `(e.process IS NULL OR NOT ${inProgramFolder("e.process")} OR lower(e.process) NOT IN (
  SELECT lower(process) FROM events WHERE process IS NOT NULL AND ${inProgramFolder("process")} AND host IS NOT NULL
  GROUP BY 1 HAVING count(DISTINCT lower(host)) >= ${commonMachines}))`;

/** Over this many entities a list in the query costs more than it saves. */
const maxListed = 5000;

function pivotFilter(pivot: Pivot, values: readonly string[] | undefined): string {
  if (values === undefined || values.length > maxListed || pivot === "address") return "";
  const columns = {
    "source.ip": "e.source_ip",
    "destination.ip": "e.destination_ip",
    "host.name": "lower(e.host)",
    "user.name": "lower(e.user_name)",
  };
  return ` AND ${columns[pivot]} IN (${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(",")})`;
}

function sortEvents(events: StepEvent[]): void {
  events.sort(
    (a, b) =>
      (a.ms ?? Number.POSITIVE_INFINITY) - (b.ms ?? Number.POSITIVE_INFINITY) || compareText(a.ref, b.ref),
  );
}

function keep(
  gathered: Gathered,
  spec: ChainSpec,
  index: number,
  row: EventRow,
  wanted: ReadonlySet<string> | undefined,
): void {
  const ref = refOf(row);
  const values = {
    user_name: row.user_name,
    host: row.host,
    source_ip: row.source_ip,
    destination_ip: row.destination_ip,
  };
  for (const pivot of pivotsOf(row, spec.steps[index]!.pivot)) {
    if (wanted && !wanted.has(pivot)) continue;
    const steps = getOrMake(gathered.byChain.get(spec)!, pivot, () => spec.steps.map((): StepEvent[] => []));
    const list = steps[index]!;
    // An event that several rules of a step match comes in a row: the query is ordered by event.
    if (list.length >= maxStepEvents || list.at(-1)?.ref === ref) continue;
    list.push({ ref, ms: row.ms, values });
  }
}

function pivotsOf(row: EventRow, pivot: Pivot): string[] {
  const wanted: Record<Pivot, (actor: Actor) => boolean> = {
    "source.ip": (actor) => actor.role === "source",
    "destination.ip": (actor) => actor.role === "destination",
    "host.name": (actor) => actor.type === "host" && (actor.role === "host" || actor.role === "target"),
    "user.name": (actor) => actor.type === "account",
    address: (actor) => actor.type === "address",
  };
  return actorsOf(row)
    .filter(wanted[pivot])
    .map((actor) => (actor.type === "address" ? actor.value : actor.value.toLowerCase()));
}

function toFinding(scene: Scene, match: ChainMatch, rows: Map<string, EventRow>): Finding {
  const { spec } = match;
  const refs = refsOfMatch(match);
  const cited = refs.map((ref) => rows.get(ref)!);
  const met = match.steps.filter((step) => step.met);
  // A step that rests on records with two readings is told, and counts for nothing in the level.
  const open = met.filter((step) => step.events.every((event) => isAmbiguous(rows.get(event.ref)!)));
  const level = spec.levels[Math.max(0, match.met - open.length - spec.minimum)]!;
  const pivot = displayPivot(match.pivot, cited);
  const told = met.map((step) => stepText(step, rows, open.includes(step)));
  return {
    id: findingId("chain", spec.id, match.pivot),
    kind: "chain",
    title: `${spec.title}: ${pivot}`,
    statement: `${spec.statement.replaceAll("{pivot}", pivot)} ${match.met} of ${match.steps.length} steps were seen: ${told.join("; ")}.`,
    severity: level.severity,
    confidence: level.confidence,
    start: isoOf(match.startMs),
    end: isoOf(match.endMs),
    entities: summariseActors(cited, surroundingsOf(met)),
    techniques: [
      ...techniquesOf(scene, spec.techniques, refs),
      ...stepTechniques(scene, met).filter(({ id }) => !spec.techniques.includes(id)),
    ],
    events: cited.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, cited.length - shownEvents),
    alternatives: spec.alternatives,
    steps: match.steps.map((step) => ({
      name: open.includes(step) ? `${step.step.name} (ambiguous record)` : step.step.name,
      met: step.met,
      events: step.events.slice(0, shownEvents).map((event) => event.ref),
      ...(step.nearestMiss !== undefined && { nearestMiss: step.nearestMiss }),
    })),
  };
}

/** Records that only tell what else there was at the time. */
function surroundingsOf(met: ChainMatch["steps"]): Set<string> {
  const refs = (surroundings: boolean) =>
    met
      .filter(({ step }) => step.surroundings === surroundings)
      .flatMap(({ events }) => events.map(({ ref }) => ref));
  const parties = new Set(refs(false));
  return new Set(refs(true).filter((ref) => !parties.has(ref)));
}

/** What the rule of a step tells of its events, where the step has one rule only: then it is that rule which found them. */
function stepTechniques(scene: Scene, met: ChainMatch["steps"]): Finding["techniques"] {
  const told = new Map<string, Finding["techniques"][number]>();
  for (const { step, events } of met) {
    const [number, ...more] = rulesOfStep(step, scene.ruleSet.rules);
    if (number === undefined || more.length > 0) continue;
    const refs = events.map(({ ref }) => ref);
    for (const technique of techniquesOf(scene, scene.ruleSet.rules[number]!.techniques, refs))
      told.set(technique.id, technique);
  }
  return [...told.values()];
}

function isAmbiguous(row: EventRow): boolean {
  return row.rest.includes('"firebreak.ambiguous":true');
}

/** A met step with its numbers: how many, when, who, where, and the first record. */
function stepText(step: ChainMatch["steps"][number], rows: Map<string, EventRow>, isOpen: boolean): string {
  const events = step.events.map((event) => rows.get(event.ref)!);
  const names = (pick: (row: EventRow) => string | null) =>
    [...new Set(events.map(pick).filter((name) => name !== null))].slice(0, 3).join(", ");
  const facts = [countOf(events.length, "record"), `from ${isoOf(events[0]!.ms)}`];
  const accounts = names((row) => row.user_name);
  const hosts = names((row) => (row.host === row.observer ? null : row.host));
  const targets = names(
    (row) =>
      row.destination_ip &&
      `${row.destination_ip}${row.destination_port === null ? "" : `:${row.destination_port}`}`,
  );
  if (accounts) facts.push(`account ${accounts}`);
  if (hosts) facts.push(`on ${hosts}`);
  if (targets) facts.push(`to ${targets}`);
  if (isOpen) facts.push("ambiguous: it has another reading");
  return `${step.step.name} (${facts.join(", ")}; ${refOf(events[0]!)})`;
}

/** Pivots compare in lower case; people see the name as recorded. */
function displayPivot(pivot: string, rows: readonly EventRow[]): string {
  for (const row of rows) {
    const actor = actorsOf(row).find((candidate) => candidate.value.toLowerCase() === pivot);
    if (actor) return actor.value;
  }
  return pivot;
}
