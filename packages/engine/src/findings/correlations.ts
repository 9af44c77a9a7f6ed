import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { FieldValue } from "@firebreak/model/event";
import type { Finding } from "@firebreak/model/picture";
import { type CorrelationMatch, citedEvents, createCorrelator, uncitedCount } from "@firebreak/sigma";
import { summariseActors } from "./entities-of.ts";
import { foldMatches, maxToldMatches, type ToldMatch } from "./fold.ts";
import { type EventRow, eventOrder, isNoCopy, isoOf, refOf } from "./rows.ts";
import { withRows } from "./rows-by-ref.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "./scene.ts";

interface MatchRow {
  rule: number;
  evidence: string;
  offset: number;
  sub: number | null;
  ms: number | null;
  ns: number | null;
  groups: string;
}

export interface Correlated {
  matches: CorrelationMatch[];
  findings: Finding[];
  /** Rules that only feed correlations. */
  silenced: ReadonlySet<string>;
  /** What could not take part, in words. */
  notes: string[];
}

const confidenceOf: Record<string, number> = {
  informational: 15,
  low: 35,
  medium: 55,
  high: 70,
  critical: 85,
};
/** Events of a correlation match that its entities are read from. */
const readEvents = 2000;

/** Streams all rule matches in order of time through the correlator: memory is bounded by the open windows. */
export async function correlate(scene: Scene): Promise<Correlated> {
  const { rules, correlations } = scene.ruleSet;
  const correlator = createCorrelator(correlations, rules, { latenessMs: 0 });
  const wanted = rules.flatMap((rule, number) => (correlator.wants(rule.id) ? [number] : []));
  const matches: CorrelationMatch[] = [];
  if (wanted.length > 0) {
    const rows = scene.store.batches<MatchRow>(
      `SELECT rule, evidence, "offset", sub, ms, ns, "groups" FROM matches e WHERE rule IN (${wanted.join(",")})${scene.copies > 0 ? ` AND ${isNoCopy}` : ""} ORDER BY ${eventOrder}, rule`,
    );
    for await (const batch of rows)
      for (const row of batch)
        for (const match of correlator.push(toInput(row, rules[row.rule]!.id))) matches.push(match);
    for (const match of correlator.flush()) matches.push(match);
  }
  const findings = await toFindings(scene, matches);
  return { matches, findings, silenced: correlator.silenced, notes: statNotes(correlator.stats(), scene) };
}

function toInput(row: MatchRow, ruleId: string) {
  let groups: Record<string, FieldValue> | undefined;
  return {
    ruleId,
    ref: refOf(row),
    time: row.ms === null ? undefined : { ms: row.ms, ns: row.ns ?? 0 },
    get(field: string) {
      groups ??= JSON.parse(row.groups) as Record<string, FieldValue>;
      return groups[field];
    },
  };
}

/** Names of correlations that a note tells; how many more there are is said. */
const toldTitles = 3;

/** What could not take part, one line for each reason: which correlations it concerns most, with the number of matches. */
function statNotes(stats: ReturnType<ReturnType<typeof createCorrelator>["stats"]>, scene: Scene): string[] {
  const titles = new Map(scene.ruleSet.correlations.map(({ id, title }) => [id, title]));
  const note = (reason: string, count: (stat: (typeof stats)[number]) => number) => {
    const concerned = stats
      .map((stat) => ({ title: titles.get(stat.correlationId) ?? stat.correlationId, n: count(stat) }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n || compareText(a.title, b.title));
    if (concerned.length === 0) return [];
    const told = concerned.slice(0, toldTitles).map(({ title, n }) => `"${title}" (${n})`);
    const more = concerned.length > toldTitles ? ` and ${concerned.length - toldTitles} more` : "";
    return [`${reason} ${countOf(concerned.length, "correlation")}: ${told.join(", ")}${more}.`];
  };
  return [
    ...note("Matches without a usable time could not take part in", ({ undated }) => undated),
    ...note("Matches without a value to group by were left out of", ({ ungrouped }) => ungrouped),
    ...note(
      "The memory bound left matches or groups out of",
      (stat) => stat.late + stat.evictedEvents + stat.evictedGroups + stat.hurried + stat.unjudgedWindows,
    ),
  ];
}

/** A finding for each match; a flood of matches of one correlation becomes one. */
async function toFindings(scene: Scene, matches: readonly CorrelationMatch[]): Promise<Finding[]> {
  const byCorrelation = new Map<string, ToldMatch[]>();
  const refsOf = (match: CorrelationMatch) =>
    citedEvents(match)
      .slice(0, readEvents)
      .map(({ ref }) => ref);
  const findings = await withRows(scene, matches, refsOf, (match, rows) => toFinding(scene, match, rows));
  for (const [i, match] of matches.entries()) {
    const told = getOrMake(byCorrelation, match.correlation.id, () => []);
    const count = citedEvents(match).length + uncitedCount(match);
    told.push({ finding: findings[i]!, about: aboutOf(match), count });
  }
  return [...byCorrelation].flatMap(([id, told]) => {
    if (told.length <= maxToldMatches) return told.map(({ finding }) => finding);
    const title = scene.ruleSet.correlations.find((correlation) => correlation.id === id)!.title;
    return [foldMatches(id, title, told)];
  });
}

/** The group of a match in words: "user.name root, host.name web01". */
function aboutOf(match: CorrelationMatch): string {
  return (
    Object.entries(match.group)
      // Windows writes IPv4 addresses of Kerberos clients as mapped ones.
      .map(([name, value]) => `${name} ${String(value).replace(/^::ffff:(?=\d+\.)/i, "")}`)
      .join(", ")
  );
}

function toFinding(scene: Scene, match: CorrelationMatch, rows: readonly EventRow[]): Finding {
  const { correlation } = match;
  const cited = citedEvents(match);
  const refs = rows.map(refOf);
  const count = cited.length + uncitedCount(match);
  const group = aboutOf(match);
  const about = group ? ` (${group})` : "";
  const description = correlation.description.replace(/\s+/g, " ").trim();
  return {
    id: findingId("correlation", match.id),
    kind: "correlation",
    title: `${correlation.title}${about}`,
    statement:
      `${countOf(count, "record")} from ${isoOf(match.first.ms, match.first.ns)} to ${isoOf(match.last.ms, match.last.ns)} meet the correlation "${correlation.title}"${about}; its measure reached ${match.value}. ${description}`.trim(),
    severity: correlation.level,
    confidence: confidenceOf[correlation.level]!,
    start: isoOf(match.first.ms, match.first.ns),
    end: isoOf(match.last.ms, match.last.ns),
    entities: summariseActors(rows),
    techniques: techniquesOf(scene, correlation.techniques, refs),
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, count - Math.min(rows.length, shownEvents)),
    alternatives: correlation.falsepositives.filter((text) => !/^(unknown|none|unlikely)\.?$/i.test(text)),
  };
}
