import { countOf } from "@firebreak/model/collections";
import type { Finding, PictureDetection } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { SigmaRule } from "@firebreak/sigma";
import { summariseActors } from "./entities-of.ts";
import { type EventRow, eventOrder, eventRowColumns, isoOf, matchJoin, refOf } from "./rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "./scene.ts";

/** Rules below these folders feed chains and correlations; they never alert by themselves. */
const feederPath = /^chains\/steps\//;
export const confidenceOf: Record<string, number> = {
  informational: 10,
  low: 30,
  medium: 50,
  high: 70,
  critical: 85,
};
/** Rows that a finding's entities are counted over. */
const entityRows = 5000;

export interface RuleTally {
  rule: SigmaRule;
  number: number;
  count: number;
  first: string | null;
  last: string | null;
  rows: EventRow[];
}

/** Rules that alert by themselves, with their matches counted and the first of them read. */
export async function tallyRules(scene: Scene, silenced: ReadonlySet<string>): Promise<RuleTally[]> {
  const counts = await scene.store.query<{
    rule: number;
    n: number;
    first: number | null;
    last: number | null;
  }>(
    "SELECT rule, count(*) AS n, min(ms) AS first, max(ms) AS last FROM matches GROUP BY rule ORDER BY rule",
  );
  const tallies: RuleTally[] = [];
  for (const { rule: number, n, first, last } of counts) {
    const rule = scene.ruleSet.rules[number]!;
    if (feederPath.test(rule.path)) continue;
    // A base rule that its correlation silences still speaks when one match alone is worth a look.
    if (silenced.has(rule.id) && severityRank(rule.level) < severityRank("medium")) continue;
    const rows = await scene.store.query<EventRow>(
      `SELECT ${eventRowColumns} FROM matches m JOIN ${scene.tableOf([number])} e ON ${matchJoin} WHERE m.rule = ${number} ORDER BY ${eventOrder} LIMIT ${severityRank(rule.level) < severityRank("medium") ? shownEvents : entityRows}`,
    );
    tallies.push({ rule, number, count: n, first: isoOf(first), last: isoOf(last), rows });
  }
  return tallies;
}

export function toDetections(scene: Scene, tallies: readonly RuleTally[]): PictureDetection[] {
  const detections = tallies.map(({ rule, count, first, last, rows }) => ({
    ruleId: rule.id,
    title: rule.title,
    level: rule.level,
    ruleSha256: rule.sha256,
    techniques: [...rule.techniques],
    count,
    first,
    last,
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, count - shownEvents),
  }));
  return detections.sort(
    (a, b) =>
      severityRank(b.level) - severityRank(a.level) || b.count - a.count || (a.ruleId < b.ruleId ? -1 : 1),
  );
}

/**
 * A finding for each rule of medium or more whose events no larger finding of at least its severity explains already.
 * @param explained event reference → rank of the severity that a larger finding tells it with
 */
export function detectionFindings(
  scene: Scene,
  tallies: readonly RuleTally[],
  explained: ReadonlyMap<string, number>,
): Finding[] {
  return tallies.flatMap((tally) => {
    const { rule, rows, count } = tally;
    if (severityRank(rule.level) < severityRank("medium")) return [];
    if (
      count === rows.length &&
      rows.every((row) => (explained.get(refOf(row)) ?? -1) >= severityRank(rule.level))
    )
      return [];
    const refs = rows.slice(0, shownEvents).map(refOf);
    const finding: Finding = {
      id: findingId("detection", rule.id),
      kind: "detection",
      title: rule.title,
      statement: statementOf(tally),
      severity: rule.level,
      confidence: confidenceOf[rule.level]!,
      start: tally.first,
      end: tally.last,
      entities: summariseActors(rows),
      techniques: techniquesOf(scene, rule.techniques, refs),
      events: rows.slice(0, shownEvents).map(scene.cite),
      eventsOmitted: Math.max(0, count - shownEvents),
      alternatives: rule.falsepositives.filter((text) => !/^(unknown|none|unlikely)\.?$/i.test(text)),
    };
    return [finding];
  });
}

function statementOf({ rule, count, rows }: RuleTally): string {
  const hosts = new Set(rows.flatMap((row) => (row.host ? [row.host] : [])));
  const on =
    hosts.size === 0
      ? ""
      : hosts.size <= 3
        ? ` on ${[...hosts].sort().join(", ")}`
        : ` on ${hosts.size} hosts`;
  const description = rule.description.replace(/\s+/g, " ").trim();
  return `${countOf(count, "record")} ${count === 1 ? "matches" : "match"} the rule "${rule.title}"${on}.${description ? ` ${description}` : ""}`;
}
