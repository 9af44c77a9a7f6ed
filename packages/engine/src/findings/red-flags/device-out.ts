import { countOf } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, isoOf, refOf, rowsWhere, sqlText } from "../rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "../scene.ts";
import { notRefused } from "./traffic.ts";

/** Machines at which nobody browses: what they talk to outside is their maker's, or somebody else's. */
const devices =
  /print|copier|multifunction|camera|cctv|voip|ip phone|desk phone|\bplc\b|\bhmi\b|scada|\bups\b|hvac|heating|thermostat|door|turnstile|signage|badge reader|medical device|infusion|x-?ray/i;
const readRows = 2000;
/** Contact in more of the time that the source covers is what the device always does. */
const shareMax = 0.25;

interface Contact {
  peer: string;
  first: number;
  last: number;
}

/** A declared printer, camera, telephone or controller that met outside addresses which no other machine met, and not all the time. */
export async function devicesOut(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const out: Finding[] = [];
  for (const { name, role, addresses } of scene.profile.assets) {
    if (!role || !devices.test(role) || addresses.length === 0) continue;
    const own = addresses.map(sqlText).join(",");
    const contacts = await scene.store.query<Contact>(
      `SELECT destination_ip AS peer, min(ms) FILTER (source_ip IN (${own})) AS first, max(ms) FILTER (source_ip IN (${own})) AS last FROM events
       WHERE ms IS NOT NULL AND ${notRefused} AND source_ip IS NOT NULL
         AND destination_ip IN (SELECT destination_ip FROM events WHERE source_ip IN (${own}) AND ${notRefused})
       GROUP BY destination_ip HAVING count(DISTINCT source_ip) <= ${addresses.length} AND bool_and(source_ip IN (${own})) ORDER BY peer`,
    );
    const peers = contacts.filter(({ peer }) => scene.networks.isExternal(peer));
    if (peers.length === 0) continue;
    const list = peers.map(({ peer }) => sqlText(peer)).join(",");
    const rows = await scene.store.query<EventRow>(
      rowsWhere(`e.source_ip IN (${own}) AND e.destination_ip IN (${list}) AND ${notRefused}`, {
        limit: readRows,
      }),
    );
    out.push(toFinding(scene, `${name} (${role})`, addresses, peers, rows, findings));
  }
  return out;
}

function toFinding(
  scene: Scene,
  device: string,
  addresses: readonly string[],
  peers: readonly Contact[],
  rows: readonly EventRow[],
  findings: readonly Finding[],
): Finding {
  const firstMs = Math.min(...peers.map(({ first }) => Number(first)));
  const lastMs = Math.max(...peers.map(({ last }) => Number(last)));
  const always = lastMs - firstMs > coveredMs(scene, rows) * shareMax;
  const also = findings.filter(
    ({ severity, kind, entities }) =>
      kind !== "alert" &&
      severityRank(severity) >= severityRank("high") &&
      entities.some(({ value, role }) => role !== "mentioned" && addresses.includes(value)),
  );
  const named = peers.slice(0, 10).map(({ peer }) => peer);
  const refs = rows.map(refOf);
  const told = also.length > 0 ? ` The device is also named by: ${also[0]!.title}.` : "";
  return {
    id: findingId("red-flag", "device-out", device),
    kind: "red-flag",
    title: `${device} met ${peers.length === 1 ? peers[0]!.peer : `${peers.length} outside addresses`}, which no other machine met`,
    statement: `${countOf(rows.length, "record")} of ${addresses.join(", ")} to ${named.join(", ")}${peers.length > named.length ? ", …" : ""}, first at ${isoOf(firstMs)} (${refs.slice(0, 3).join(", ")}). Nobody browses at such a device${always ? "; it did so during most of the time that is covered, as it does for its maker" : ", and before and after that it did not"}.${told}`,
    severity: always && also.length === 0 ? "low" : "medium",
    confidence: also.length > 0 ? 65 : always ? 20 : 45,
    start: isoOf(firstMs),
    end: isoOf(lastMs),
    entities: summariseActors(rows),
    techniques: techniquesOf(scene, ["T1071"], refs),
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: ["An update or a service of the device's maker; its manual names the addresses."],
  };
}

/** How long the sources that told of it are covered. */
function coveredMs(scene: Scene, rows: readonly EventRow[]): number {
  const told = new Set(rows.map(({ evidence }) => evidence));
  const spans = scene.receipts.flatMap(({ id, first, last }) =>
    told.has(id) && first && last ? [Date.parse(last) - Date.parse(first)] : [],
  );
  return Math.max(1, ...spans);
}
