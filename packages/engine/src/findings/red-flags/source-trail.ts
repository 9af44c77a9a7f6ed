import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, isoOf, refOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";
import { bytesText, fileBytes, notRefused } from "./traffic.ts";

const sourcesMax = 30;
const readRows = 2000;
/** What a serious finding is about began a little before its first record. */
const beforeMs = 3_600_000;

/** What one source did in one kind of log. */
interface Deed {
  dataset: string;
  action: string | null;
  /** A file is named. */
  ofFile: boolean;
  n: number;
  first: number | null;
  last: number | null;
  bytes: number | null;
}

/**
 * Everything else that an outside address, named as the source of a serious finding, did with success: in other logs, with
 * other accounts. An investigation follows the address; so does this.
 */
export async function sourceTrails(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const out: Finding[] = [];
  for (const [address, told] of [...sourcesOf(scene, findings)]
    .sort((a, b) => compareText(a[0], b[0]))
    .slice(0, sourcesMax)) {
    const values = { address, from: told.fromMs - beforeMs };
    const where = `source_ip = $address AND (ms IS NULL OR ms >= $from) AND ${notRefused}`;
    const rows = await scene.store.query<EventRow>(rowsWhere(where, { limit: readRows }), values);
    const isFresh = freshFor(rows.filter((row) => told.refs.has(refOf(row))));
    const fresh = rows.filter((row) => isFresh(row, row.file_path !== null));
    if (fresh.length === 0) continue;
    const deeds = await scene.store.query<Deed>(
      `SELECT dataset, action, file_path IS NOT NULL AS "ofFile", count(*) AS n, min(ms) AS "first", max(ms) AS "last", sum(${fileBytes}) AS bytes
       FROM events WHERE ${where} GROUP BY ALL ORDER BY n DESC, dataset, action, "ofFile"`,
      values,
    );
    out.push(
      toFinding(
        scene,
        address,
        told,
        fresh,
        deeds.filter((deed) => isFresh(deed, deed.ofFile)),
      ),
    );
  }
  return out;
}

/**
 * What the findings do not tell already. A kind of log that they rest on has been looked through for them, but for what was done to
 * files there: whose password was guessed is told by the sign-ins, what was then fetched is not.
 */
function freshFor(cited: readonly EventRow[]) {
  const datasets = new Set(cited.map(({ dataset }) => dataset));
  const deeds = new Set(cited.map(({ dataset, action }) => `${dataset} ${action}`));
  return ({ dataset, action }: Pick<EventRow, "dataset" | "action">, ofFile: boolean) =>
    !datasets.has(dataset) || (ofFile && action !== null && !deeds.has(`${dataset} ${action}`));
}

/** What serious findings say of a source already. */
interface Told {
  fromMs: number;
  titles: string[];
  refs: Set<string>;
}

function sourcesOf(scene: Scene, findings: readonly Finding[]): Map<string, Told> {
  const sources = new Map<string, Told>();
  for (const { severity, kind, start, title, entities, events } of findings) {
    if (severityRank(severity) < severityRank("high") || kind === "alert" || !start) continue;
    for (const { type, value, role } of entities) {
      if (type !== "address" || role !== "source" || !scene.networks.isExternal(value)) continue;
      const told = getOrMake(sources, value, () => ({
        fromMs: Number.POSITIVE_INFINITY,
        titles: [] as string[],
        refs: new Set<string>(),
      }));
      told.fromMs = Math.min(told.fromMs, Date.parse(start));
      told.titles.push(title);
      for (const { ref } of events) told.refs.add(ref);
    }
  }
  return sources;
}

/** The most frequent deed in words, and how many other kinds there are. */
function mostOf([most, ...others]: readonly Deed[]): string {
  if (most === undefined) return "records without a kind";
  const more = others.length === 0 ? "" : ` and ${countOf(others.length, "other kind")}`;
  return `${most.action ?? most.dataset} (${countOf(most.n, "record")})${more}`;
}

function toFinding(
  scene: Scene,
  address: string,
  told: Told,
  rows: readonly EventRow[],
  deeds: readonly Deed[],
): Finding {
  const isTraffic = (row: EventRow) => row.user_name === null && row.url === null && row.file_path === null;
  const isOnlyTraffic = rows.every(isTraffic);
  const total = deeds.reduce((sum, { n }) => sum + n, 0);
  const lines = deeds.slice(0, 8).map(({ dataset, action, n, first, bytes }) => {
    const when = first === null ? "without a usable time" : `first at ${isoOf(first)}`;
    const moved = bytes ? `, ${bytesText(Number(bytes))}` : "";
    return `${action ?? "records"} in ${dataset} (${countOf(n, "record")}, ${when}${moved})`;
  });
  const left = deeds.length > 8 ? `; and ${countOf(deeds.length - 8, "kind")} more` : "";
  return {
    id: findingId("red-flag", "source-trail", address),
    kind: "red-flag",
    title: `What else ${address} did: ${mostOf(deeds)}`,
    statement: `${address} is the source of: ${[...new Set(told.titles)].slice(0, 3).join("; ")}. The same address, from then on and not refused: ${lines.join("; ")}${left}. First records: ${rows.slice(0, 3).map(refOf).join(", ")}.`,
    severity: isOnlyTraffic ? "low" : "medium",
    confidence: isOnlyTraffic ? 35 : 65,
    start: isoOf(rows[0]!.ms),
    end: isoOf(
      deeds.reduce<number | null>(
        (end, { last }) => (last === null ? end : Math.max(end ?? last, last)),
        null,
      ),
    ),
    entities: summariseActors(rows),
    techniques: [],
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, total - shownEvents),
    alternatives: ["Several people may share the address (an office, a mobile network, a proxy)."],
  };
}
