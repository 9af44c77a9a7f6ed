import { compareText, countOf } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severities, severityRank } from "@firebreak/model/severity";
import { type EventRow, matchJoin, sqlText } from "../rows.ts";
import { withRows } from "../rows-by-ref.ts";
import type { Scene } from "../scene.ts";

/** What the requests of one source came to, over all that rules found from it and not only what a finding cites. */
interface Answers {
  requests: number;
  refused: number;
}

const refusedStatus =
  "e.http_status IN (301, 308, 400, 401, 403, 404, 405, 406, 410, 414, 429, 444, 495, 501)";

/**
 * Attacks on a web server of which every request was refused are noise of the internet until an answer says otherwise: they
 * are told at most low, with half the confidence, and the statement says what was answered. One request that was answered
 * with content leaves the finding as it is; so does a finding that rests on anything but web requests.
 */
export async function weighRefused(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const candidates = findings.filter(
    ({ kind, severity }) => kind !== "alert" && severityRank(severity) >= severityRank("medium"),
  );
  const sources = await withRows(
    scene,
    candidates,
    ({ events }) => events.map(({ ref }) => ref),
    (_finding, rows) => refusedSources(rows),
  );
  const asked = [...new Set(sources.flatMap((list) => list ?? []))].sort(compareText);
  if (asked.length === 0) return [...findings];
  const answers = await answersTo(scene, asked);
  const weighed = new Map<Finding, Finding>();
  for (const [i, finding] of candidates.entries()) {
    const own = sources[i];
    if (!own) continue;
    const counted = own.map((source) => answers.get(source) ?? { requests: 0, refused: 0 });
    if (counted.every(({ requests, refused }) => requests > 0 && requests === refused))
      weighed.set(finding, lowered(finding, counted));
  }
  return findings.map((finding) => weighed.get(finding) ?? finding);
}

/** The sources of web requests that were all refused; undefined where a record is anything else. */
function refusedSources(rows: readonly EventRow[]): string[] | undefined {
  if (rows.length === 0) return undefined;
  const sources = new Set<string>();
  for (const row of rows) {
    if (row.source_ip === null || row.http_status === null || !isRefusedRequest(row)) return undefined;
    sources.add(row.source_ip);
  }
  return [...sources];
}

function isRefusedRequest(row: EventRow): boolean {
  return /^(?:30[18]|40[01345]|406|410|414|429|444|495|501)$/.test(String(row.http_status));
}

/** Over everything that rules of some weight found from these sources: how much was refused. */
async function answersTo(scene: Scene, sources: readonly string[]): Promise<Map<string, Answers>> {
  const rules = scene.ruleSet.rules.flatMap(({ level }, number) =>
    level === "informational" ? [] : [number],
  );
  const rows = await scene.store.query<{ source: string; requests: number; refused: number }>(
    `SELECT e.source_ip AS source, count(*) AS requests, count(*) FILTER (WHERE ${refusedStatus}) AS refused
     FROM matches m JOIN ${scene.tableOf(rules)} e ON ${matchJoin} WHERE m.rule IN (${rules.join(",")})
     AND e.source_ip IN (${sources.map(sqlText).join(",")}) GROUP BY 1 ORDER BY 1`,
  );
  return new Map(
    rows.map(({ source, requests, refused }) => [
      source,
      { requests: Number(requests), refused: Number(refused) },
    ]),
  );
}

function lowered(finding: Finding, counted: readonly Answers[]): Finding {
  const total = counted.reduce((sum, { requests }) => sum + requests, 0);
  return {
    ...finding,
    severity: severities[Math.min(severityRank("low"), severityRank(finding.severity))]!,
    confidence: Math.round(finding.confidence / 2),
    statement: `${finding.statement} Every request that rules found from there (${countOf(total, "match", "matches")}) was refused: an attempt, and nothing in these records says that it succeeded.`,
  };
}
