import { compareText, countOf } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { summariseActors } from "../entities-of.ts";
import { machineNames, shortName } from "../machine-addresses.ts";
import { type EventRow, isoOf, refOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "../scene.ts";
import { bytesText, fetchedActions, fileBytes, notRefused, peerColumn } from "./traffic.ts";

/** Less is a web page, a mail, an update's answer. */
const bytesMin = 100_000_000;
/** So many times what nine in ten of the others moved is out of the usual. */
const timesUsual = 10;
/** With fewer others there is no "usual" to compare with. */
const othersMin = 5;
const findingsMax = 20;
const readRows = 2000;

/** One way by which data leaves: who moved how much to whom. */
interface Way {
  /** "fetched": somebody took files from a service of ours; "sent": a machine of ours sent. */
  kind: "fetched" | "sent";
  from: string | null;
  to: string;
  n: number;
  bytes: number;
  last: number | null;
}

/** Far more data left by one way than by the others of its kind: measured against the evidence itself, not a fixed limit. */
export async function volumesOut(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const fetched = await moved(
    scene,
    `SELECT user_name AS "from", source_ip AS "to", ${fileBytes} AS size`,
    `action IN (${fetchedActions}) AND source_ip IS NOT NULL`,
  );
  const sent = await moved(
    scene,
    `SELECT source_ip AS "from", ${peerColumn} AS "to", source_bytes AS size`,
    `source_bytes > 0 AND source_ip IS NOT NULL AND ${peerColumn} IS NOT NULL`,
  );
  const out: Finding[] = [];
  const isNew = (way: Way) => !alreadyTold(findings, way);
  const ways: readonly Way[][] = [
    fetched.map((way) => ({ kind: "fetched", ...way })),
    sent
      .filter(({ from, to }) => scene.networks.isInternal(from!) && !scene.networks.isInternal(to))
      .map((way) => ({ kind: "sent", ...way })),
  ];
  for (const list of ways) {
    const usual = usualOf(list.map(({ bytes }) => Number(bytes)));
    const large = list.filter(({ bytes }) => Number(bytes) >= Math.max(bytesMin, usual * timesUsual));
    for (const way of large.filter(isNew).sort(byBytes).slice(0, findingsMax))
      out.push(await toFinding(scene, way, usual, list.length - 1, findings));
  }
  return out;
}

/**
 * The bytes of each way, of a record that several files tell (a rotated copy, a collector) once: of what looks like one happening,
 * the file with most of it counts.
 */
async function moved(scene: Scene, select: string, where: string): Promise<Omit<Way, "kind">[]> {
  const happening =
    "hash(dataset, ms // 1000, user_name, action, source_port, destination_ip, destination_port, file_path, url, source_bytes)";
  const rows = `${select}, ms, ${scene.copies > 0 ? `${happening} AS happening, evidence` : "NULL AS happening, NULL AS evidence"} FROM events WHERE ${where} AND ${notRefused}`;
  const files = `SELECT "from", "to", happening, evidence, count(*) AS n, sum(size) AS bytes, max(ms) AS "last" FROM (${rows}) GROUP BY ALL`;
  const once = `SELECT "from", "to", max(n) AS n, max(bytes) AS bytes, max("last") AS "last" FROM (${files}) GROUP BY "from", "to", happening`;
  return scene.store.query<Omit<Way, "kind">>(
    `SELECT "from", "to", sum(n)::BIGINT AS n, sum(bytes) AS bytes, max("last") AS "last" FROM (${scene.copies > 0 ? once : files}) GROUP BY "from", "to" HAVING bytes > 0 ORDER BY ALL`,
  );
}

function byBytes(a: Way, b: Way): number {
  return Number(b.bytes) - Number(a.bytes) || compareText(a.to, b.to);
}

/** What nine in ten moved at most; 0 where there are too few to tell. */
function usualOf(bytes: readonly number[]): number {
  if (bytes.length <= othersMin) return 0;
  const sorted = [...bytes].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.9) - 1] ?? 0;
}

/** A correlation or rule about exfiltration names both ends already. */
function alreadyTold(findings: readonly Finding[], { from, to }: Way): boolean {
  return findings.some(
    ({ severity, techniques, entities }) =>
      severity !== "low" &&
      severity !== "informational" &&
      techniques.some(({ id }) => /^T10(?:48|41)|^T1567/.test(id)) &&
      [from, to].every((end) => end === null || entities.some(({ value }) => value === end)),
  );
}

async function toFinding(
  scene: Scene,
  way: Way,
  usual: number,
  others: number,
  findings: readonly Finding[],
): Promise<Finding> {
  const { kind, from, to, n } = way;
  const bytes = Number(way.bytes);
  const where =
    kind === "fetched"
      ? `action IN (${fetchedActions}) AND source_ip = $to AND user_name IS NOT DISTINCT FROM $from`
      : `source_bytes > 0 AND source_ip = $from AND ${peerColumn} = $to`;
  const rows = await scene.store.query<EventRow>(
    rowsWhere(`${where} AND ${notRefused}`, { limit: readRows }),
    { from, to },
  );
  // A finding about the machine by its name is about its address too.
  const ends = new Set([to.toLowerCase(), ...(from === null ? [] : machineNames(scene.profile, from))]);
  const suspects = findings.filter(
    ({ severity, entities }) =>
      (severity === "high" || severity === "critical") &&
      entities.some(
        ({ type, value, role }) =>
          role !== "mentioned" && ends.has(type === "host" ? shortName(value) : value.toLowerCase()),
      ),
  );
  const recurring = suspects.length === 0 && kind === "sent" ? await recurrence(scene, way) : undefined;
  const isOutside = scene.networks.isExternal(to) || /[a-z]/i.test(to);
  const compared =
    usual > 0
      ? ` Nine in ten of the other ${others} moved ${bytesText(usual)} or less.`
      : ` There are too few others (${others}) to say what is usual.`;
  const also =
    suspects.length > 0
      ? ` Named also by: ${[...new Set(suspects.map(({ title }) => title))].slice(0, 3).join("; ")}.`
      : "";
  const who =
    kind === "fetched"
      ? `${to}${from === null ? "" : `, signed in as ${from},`} fetched ${countOf(n, "file")}`
      : `${from} sent to ${to} in ${countOf(n, "record")}`;
  return {
    id: findingId("red-flag", "volume-out", kind, from ?? "", to),
    kind: "red-flag",
    title:
      kind === "fetched"
        ? `${bytesText(bytes)} fetched from the transfer service by ${to}`
        : `${bytesText(bytes)} sent by ${from} to ${to}`,
    statement: `${who}: ${bytesText(bytes)} in all, from ${isoOf(rows[0]?.ms) ?? "no usable time"} on (${rows.slice(0, 3).map(refOf).join(", ")}).${compared}${also}${recurring ?? ""}`,
    severity: suspects.length > 0 ? "high" : isOutside && !recurring ? "medium" : "low",
    confidence: suspects.length > 0 ? 75 : usual > 0 && !recurring ? 50 : 35,
    start: isoOf(rows[0]?.ms),
    end: isoOf(way.last),
    entities: summariseActors(rows),
    techniques: techniquesOf(scene, ["T1048"], rows.map(refOf)),
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, n - shownEvents),
    alternatives: [
      "A backup, a replication or a delivery that was agreed: the service's owner would know it.",
    ],
  };
}

const dayMs = 86_400_000;
const recurringDays = 3;
/** Starts of a job that the clock starts, on different days. */
const startSpreadMs = 3_600_000;
/** No day moves more than so many times what the smallest one does. */
const bytesSpread = 5;

interface Day {
  start: number;
  bytes: number;
}

/**
 * What speaks for a job that the clock starts: the same way on three days or more, from about the same hour on, with about as much. In words for the
 * statement; undefined where it is not so.
 */
async function recurrence(scene: Scene, { from, to }: Way): Promise<string | undefined> {
  const days = await scene.store.query<Day>(
    `SELECT min(ms) % ${dayMs} AS start, sum(source_bytes) AS bytes FROM events WHERE source_ip = $from AND ${peerColumn} = $to
     AND source_bytes > 0 AND ms IS NOT NULL AND ${notRefused} GROUP BY ms // ${dayMs} ORDER BY min(ms)`,
    { from, to },
  );
  if (days.length < recurringDays) return undefined;
  const sizes = days.map(({ bytes }) => Number(bytes));
  const starts = days.map(({ start }) => Number(start));
  const isEven =
    Math.max(...sizes) <= Math.min(...sizes) * bytesSpread &&
    Math.max(...starts) - Math.min(...starts) <= startSpreadMs;
  if (!isEven) return undefined;
  const hour = new Date(Math.min(...starts)).toISOString().slice(11, 16);
  return ` It recurs on ${days.length} days, each from about ${hour} UTC on, with ${bytesText(Math.min(...sizes))} to ${bytesText(Math.max(...sizes))}: as a job does that the clock starts.`;
}
