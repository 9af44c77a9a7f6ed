import { countOf } from "@firebreak/model/collections";
import type { Ground } from "@firebreak/model/triage";
import { type EventRow, eventRowColumns, isoOf } from "../../findings/rows.ts";
import type { AlertClock } from "../clock.ts";
import type { TriageScene } from "../context.ts";
import type { Subject } from "../subject.ts";
import { isOwnEvent, listed } from "./spans.ts";

/** What a kind of question needs to have been recorded. */
export type RecordKind = "network" | "web" | "dns" | "process" | "mail" | "sign-in" | "file";

const conditions: Record<RecordKind, string> = {
  network: "e.destination_ip IS NOT NULL AND e.source_ip IS NOT NULL",
  web: "e.url IS NOT NULL",
  dns: "e.dns_name IS NOT NULL",
  process: "e.command_line IS NOT NULL OR e.process IS NOT NULL OR e.process_name IS NOT NULL",
  mail: `contains(e.rest, '"email.')`,
  "sign-in": `contains(e.rest, '"authentication"')`,
  file: "e.file_path IS NOT NULL",
};

/** One source's records of one kind. */
export interface SourceCoverage {
  readonly evidence: string;
  readonly path: string;
  readonly kind: RecordKind;
  readonly records: number;
  readonly first: number | null;
  readonly last: number | null;
}

export async function readSources(scene: TriageScene): Promise<SourceCoverage[]> {
  const paths = new Map(scene.receipts.map(({ id, path }) => [id, path]));
  const found: SourceCoverage[] = [];
  for (const [kind, condition] of Object.entries(conditions) as [RecordKind, string][]) {
    const rows = await scene.store.query<{
      evidence: string;
      n: number;
      first: number | null;
      last: number | null;
    }>(
      `SELECT e.evidence, count(*) AS n, min(e.ms) AS first, max(e.ms) AS last FROM events e WHERE ${condition} GROUP BY e.evidence ORDER BY e.evidence`,
    );
    for (const { evidence, n, first, last } of rows)
      found.push({ evidence, path: paths.get(evidence) ?? evidence, kind, records: n, first, last });
  }
  return found;
}

export interface Absence {
  /** Grounds that name which source covers which window: what "none" may stand on. */
  grounds: Ground[];
  /** True when at least one source that sees the subject covers the whole window. */
  isCovered: boolean;
}

/** The source must not be silent for longer than this next to the window's ends. */
const slackMs = 30 * 60_000;

/**
 * What covers a span after (or around) the alert for one kind of record. A source counts only when it holds records of
 * the alert's own machine, or no machine is named, and none of its gaps reaches into the window.
 */
export async function coverageFor(
  context: { scene: TriageScene; clock: AlertClock; subject: Subject; coverage: readonly SourceCoverage[] },
  kinds: readonly RecordKind[],
  window: { fromMs: number; toMs: number },
): Promise<Absence> {
  const { scene, clock, subject } = context;
  if (clock.alertMs === undefined) return { grounds: [], isCovered: false };
  const grounds: Ground[] = [];
  for (const source of context.coverage) {
    if (!kinds.includes(source.kind) || source.first === null || source.last === null) continue;
    const offset = clock.offsetOf(source.evidence);
    const from = clock.alertMs + window.fromMs + offset;
    const to = clock.alertMs + window.toMs + offset;
    if (source.first > from + slackMs || source.last < to - slackMs) continue;
    const near = await recordsIn(scene, source, subject, from - slackMs, to + slackMs);
    if (near.count === 0) continue;
    // A mail log is about everyone; of other sources it must be shown that they see the machine.
    const seesSubject =
      source.kind === "mail" ||
      subject.addresses.size + subject.hosts.size === 0 ||
      (await sees(scene, source, subject));
    if (!seesSubject) continue;
    grounds.push({
      kind: "coverage",
      text: `${source.path} covers ${isoOf(from)} to ${isoOf(to)} as recorded: ${countOf(near.count, `${source.kind} record`)} in that window, ${near.own} of them of ${subject.name}.`,
      events: near.ends.map(scene.cite),
      eventsOmitted: near.count - near.ends.length,
      source: source.path,
    });
  }
  return { grounds, isCovered: grounds.length > 0 };
}

/** How many records of the source lie in the window, how many are the subject's, and the first and last of them. */
async function recordsIn(
  scene: TriageScene,
  source: SourceCoverage,
  subject: Subject,
  from: number,
  to: number,
): Promise<{ count: number; own: number; ends: EventRow[] }> {
  const condition = `e.evidence = $e AND e.ms BETWEEN $f AND $t AND (${conditions[source.kind]})`;
  const values = { e: source.evidence, f: BigInt(Math.floor(from)), t: BigInt(Math.ceil(to)) };
  const [sum] = await scene.store.query<{ n: number; own: number }>(
    `SELECT count(*) AS n, count(*) FILTER (${isOwnEvent(subject)}) AS own FROM events e WHERE ${condition}`,
    values,
  );
  const ends: EventRow[] = [];
  for (const order of sum!.n > 1 ? ["ASC", "DESC"] : ["ASC"])
    ends.push(
      ...(await scene.store.query<EventRow>(
        `SELECT ${eventRowColumns} FROM events e WHERE ${condition}
         ORDER BY e.ms ${order}, e.ns ${order}, e."offset" ${order}, e.sub ${order} LIMIT 1`,
        values,
      )),
    );
  return { count: sum!.n, own: sum!.own, ends };
}

/** Some record of the source, at any time, is of the subject's machine: else its silence says nothing about it. */
async function sees(scene: TriageScene, source: SourceCoverage, subject: Subject): Promise<boolean> {
  const [row] = await scene.store.query<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM events e WHERE e.evidence = $e AND (${conditions[source.kind]}) AND
     (e.source_ip IN (${listed(subject.addresses)}) OR e.destination_ip IN (${listed(subject.addresses)}) OR
      lower(split_part(e.host, '.', 1)) IN (${listed(subject.hosts)})) LIMIT 1)`,
    { e: source.evidence },
  );
  return row!.n > 0;
}
