import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { summariseActors } from "../entities-of.ts";
import { machineNames, shortName } from "../machine-addresses.ts";
import { type EventRow, isoOf, refOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "../scene.ts";
import { notRefused, peerColumn } from "./traffic.ts";

const contactsMin = 24;
const spanMsMin = 30 * 60_000;
/** Records of one contact (begin and end, firewall and proxy) stand this close together. */
const sameContactMs = 2000;
const gapMsMin = 4000;
/** Half of the gaps differ by no more than this share of the median: programs keep time, people do not. */
const unevennessMax = 0.2;
/** A peer that more of our machines meet is a service in common use. */
const sourcesMax = 3;
const pairsMax = 500;
const timesMax = 5000;
/** Name look-ups, time, and ports on which programs of everybody's keep in touch. */
const servicePorts = [53, 67, 68, 123, 161, 514, 5353];
const commonPorts = [25, 80, 110, 143, 443, 465, 587, 853, 993, 995, 3128, 5222, 5228, 8080];

interface Pair {
  source: string;
  peer: string;
  port: number | null;
  n: number;
  sources: number;
}

/** How a machine of ours keeps meeting one outside peer. */
interface Rhythm {
  contacts: number;
  medianMs: number;
  /** Median distance of the gaps from their median, as a share of it. */
  unevenness: number;
}

/** Machines of ours that meet one outside peer at even intervals, as a program that reports home does. */
export async function steadyContacts(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const pairs = await scene.store.query<Pair>(
    `WITH pairs AS (
       SELECT source_ip AS source, ${peerColumn} AS peer, destination_port AS port, count(*) AS n, max(ms) - min(ms) AS span
       FROM events WHERE ms IS NOT NULL AND source_ip IS NOT NULL AND ${peerColumn} IS NOT NULL AND ${notRefused}
       AND coalesce(destination_port, 0) NOT IN (${servicePorts.join(",")}) GROUP BY ALL)
     SELECT source, peer, port, n, (SELECT count(DISTINCT source) FROM pairs o WHERE o.peer = p.peer) AS sources
     FROM pairs p WHERE n >= ${contactsMin} AND span >= ${spanMsMin} ORDER BY n DESC, source, peer, port`,
  );
  const named = namedPeers(findings);
  const suspects = suspectMachines(findings);
  const out: Finding[] = [];
  const fitting = pairs.filter(
    ({ source, peer, sources }) =>
      sources <= sourcesMax && scene.networks.isInternal(source) && isOutside(scene, peer),
  );
  for (const pair of fitting.slice(0, pairsMax)) {
    const rows = await scene.store.query<EventRow>(
      rowsWhere(
        `e.source_ip = $source AND ${peerColumn} = $peer
       AND e.destination_port IS NOT DISTINCT FROM ${pair.port === null ? "NULL" : Number(pair.port)}
       AND e.ms IS NOT NULL AND ${notRefused}`,
        { limit: timesMax },
      ),
      { source: pair.source, peer: pair.peer },
    );
    const rhythm = rhythmOf(rows.map(({ ms }) => ms!));
    if (rhythm === undefined || rhythm.unevenness > unevennessMax) continue;
    out.push(toFinding(scene, pair, rows, rhythm, alsoNamed(scene, pair, named, suspects)));
  }
  return out.sort((a, b) => compareText(a.id, b.id));
}

function isOutside(scene: Scene, peer: string): boolean {
  if (/^[\d.]+$|:/.test(peer)) return scene.networks.isExternal(peer);
  const name = peer.toLowerCase();
  return name.includes(".") && !scene.profile.domains.some((own) => name === own || name.endsWith(`.${own}`));
}

/** undefined for too few contacts. Times in order. */
export function rhythmOf(times: readonly number[]): Rhythm | undefined {
  const contacts: number[] = [];
  for (const ms of times)
    if (contacts.length === 0 || ms - contacts.at(-1)! > sameContactMs) contacts.push(ms);
  if (contacts.length < contactsMin) return undefined;
  const gaps = contacts.slice(1).map((ms, at) => ms - contacts[at]!);
  const medianMs = median(gaps);
  if (medianMs < gapMsMin) return undefined;
  const unevenness = median(gaps.map((gap) => Math.abs(gap - medianMs))) / medianMs;
  return { contacts: contacts.length, medianMs, unevenness };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** Outside addresses and names that findings of medium severity or more name, with the titles. */
function namedPeers(findings: readonly Finding[]): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const { severity, title, entities } of findings) {
    if (severity === "low" || severity === "informational") continue;
    for (const { type, value, role } of entities) {
      if ((type !== "address" && type !== "domain") || role === "mentioned") continue;
      getOrMake(named, value.toLowerCase(), () => []).push(title);
    }
  }
  return named;
}

/** Machines that findings of high severity name as where something happened or who acted: by name or address, in lower case. */
function suspectMachines(findings: readonly Finding[]): Map<string, string[]> {
  const suspects = new Map<string, string[]>();
  for (const { severity, title, entities } of findings) {
    if (severity !== "high" && severity !== "critical") continue;
    for (const { type, value, role } of entities) {
      if (role !== "host" && !(type === "address" && role === "source")) continue;
      getOrMake(suspects, type === "host" ? shortName(value) : value, () => []).push(title);
    }
  }
  return suspects;
}

/** A second voice: about the peer, or, on a port that is unusual, about the machine itself. */
function alsoNamed(
  scene: Scene,
  { source, peer, port }: Pair,
  peers: ReadonlyMap<string, readonly string[]>,
  machines: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const told = (titles: readonly string[]) => [...new Set(titles)].slice(0, 3).join("; ");
  const ofPeer = peers.get(peer.toLowerCase());
  if (ofPeer) return ` The peer is also named by: ${told(ofPeer)}.`;
  if (!isOddPort(port)) return undefined;
  const ofMachine = [...machineNames(scene.profile, source)].flatMap((name) => machines.get(name) ?? []);
  return ofMachine.length > 0 ? ` The machine is also named by: ${told(ofMachine)}.` : undefined;
}

function isOddPort(port: number | null): boolean {
  return port !== null && !commonPorts.includes(Number(port));
}

function toFinding(
  scene: Scene,
  { source, peer, port, n }: Pair,
  rows: readonly EventRow[],
  rhythm: Rhythm,
  named: string | undefined,
): Finding {
  const isOdd = isOddPort(port);
  const also = named ?? "";
  const share = Math.round(rhythm.unevenness * 100);
  const read = n > rows.length ? ` Only the first ${rows.length} of ${n} records were looked at.` : "";
  return {
    id: findingId("red-flag", "steady-contact", source, peer, String(port)),
    kind: "red-flag",
    title: `${source} meets ${peer} at even intervals`,
    statement: `${source} met ${peer}${port === null ? "" : ` on port ${port}`} ${countOf(rhythm.contacts, "time")} from ${isoOf(rows[0]!.ms)} to ${isoOf(rows.at(-1)!.ms)}, every ${seconds(rhythm.medianMs)} (half of the gaps within ${share} % of that; ${refOf(rows[0]!)}). A program that reports home does so; so do programs that look for updates.${read}${also}`,
    severity: named || isOdd ? "medium" : "low",
    confidence: named ? 65 : isOdd ? 45 : 30,
    start: isoOf(rows[0]!.ms),
    end: isoOf(rows.at(-1)!.ms),
    entities: summariseActors(rows),
    techniques: techniquesOf(scene, isOdd ? ["T1071", "T1571"] : ["T1071"], rows.map(refOf)),
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, n - shownEvents),
    alternatives: [
      "Software that asks for updates, licences or mail, or a monitoring agent: the program on the machine would tell.",
    ],
  };
}

function seconds(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
