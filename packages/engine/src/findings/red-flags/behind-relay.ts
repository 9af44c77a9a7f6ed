import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, isoOf, refOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";
import { notDenied } from "./traffic.ts";

/** A relay passes a request on within seconds; its log and the firewall's are kept by two clocks. */
const slackMs = 60_000;
const pairsMax = 30;
const readRows = 5000;
/** More clients than this are the office at work. */
const clientsMax = 5;
const recordsMin = 3;

/** A machine of ours and its outside peer, as a finding names them. */
interface Pair {
  from: string;
  peer: string;
  fromMs: number;
  untilMs: number;
  finding: Finding;
}

/**
 * Who was behind a machine that speaks for others (a proxy, a NAT): another kind of log names other machines of ours that met the
 * same outside address in the same time. The firewall sees the relay, the relay's own log sees the client.
 */
export async function behindRelays(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const out: Finding[] = [];
  for (const pair of pairsOf(scene, findings).slice(0, pairsMax)) {
    const rows = await scene.store.query<EventRow>(
      rowsWhere(
        `e.destination_ip = $peer AND e.source_ip IS NOT NULL AND e.ms BETWEEN ${pair.fromMs - slackMs} AND ${pair.untilMs + slackMs}
       AND ${notDenied}`,
        { limit: readRows },
      ),
      { peer: pair.peer },
    );
    const relayed = new Set(rows.filter((row) => row.source_ip === pair.from).map(({ dataset }) => dataset));
    const clients = new Map<string, EventRow[]>();
    for (const row of rows) {
      const client = row.source_ip!;
      if (client === pair.from || relayed.has(row.dataset) || !scene.networks.isInternal(client)) continue;
      getOrMake(clients, client, () => []).push(row);
    }
    const met = [...clients]
      .filter(([, own]) => own.length >= recordsMin)
      .sort((a, b) => b[1].length - a[1].length || compareText(a[0], b[0]));
    if (relayed.size > 0 && met.length > 0 && met.length <= clientsMax) out.push(toFinding(pair, met, scene));
  }
  return out;
}

/** Pairs of findings of medium severity and more in which one machine of ours meets one outside address. */
function pairsOf(scene: Scene, findings: readonly Finding[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const finding of findings) {
    const { kind, severity, start, end, entities } = finding;
    if (severityRank(severity) < severityRank("medium") || kind === "alert" || !start) continue;
    const addresses = (wanted: string) =>
      entities.flatMap(({ type, value, role }) => (type === "address" && role === wanted ? [value] : []));
    const inside = addresses("source").filter((one) => scene.networks.isInternal(one));
    const peers = addresses("destination").filter((one) => scene.networks.isExternal(one));
    if (inside.length !== 1 || peers.length !== 1) continue;
    const key = `${inside[0]}\0${peers[0]}`;
    const fromMs = Date.parse(start);
    const untilMs = Math.max(fromMs, Date.parse(end ?? start));
    const known = pairs.get(key);
    if (!known) pairs.set(key, { from: inside[0]!, peer: peers[0]!, fromMs, untilMs, finding });
    else
      Object.assign(known, {
        fromMs: Math.min(known.fromMs, fromMs),
        untilMs: Math.max(known.untilMs, untilMs),
      });
  }
  return [...pairs].sort((a, b) => compareText(a[0], b[0])).map(([, pair]) => pair);
}

function toFinding(
  { from, peer, finding }: Pair,
  met: readonly [string, EventRow[]][],
  scene: Scene,
): Finding {
  const rows = met.flatMap(([, own]) => own).sort((a, b) => a.ms! - b.ms! || compareText(refOf(a), refOf(b)));
  const lines = met.map(([client, own]) => {
    const users = [...new Set(own.flatMap(({ user_name: name }) => (name ? [name] : [])))].sort();
    return `${client}${users.length > 0 ? ` (${users.slice(0, 3).join(", ")})` : ""} in ${countOf(own.length, "record")} of ${own[0]!.dataset}, first at ${isoOf(own[0]!.ms)} (${own.slice(0, 2).map(refOf).join(", ")})`;
  });
  return {
    id: findingId("red-flag", "behind-relay", from, peer),
    kind: "red-flag",
    title: `${met.map(([client]) => client).join(", ")} met ${peer} behind ${from}`,
    statement: `${from} and ${peer} are named by: ${finding.title}. Another kind of log has other machines of ours meet the same address in the same time: ${lines.join("; ")}. ${from} then spoke for them; which share of the traffic is whose is not recorded.`,
    severity: "medium",
    confidence: met.length === 1 ? 60 : 45,
    start: isoOf(rows[0]!.ms),
    end: isoOf(rows.at(-1)!.ms),
    entities: summariseActors(rows),
    techniques: finding.techniques.map((technique) => ({
      ...technique,
      events: rows.slice(0, shownEvents).map(refOf),
    })),
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: [
      "The client used the same service for something else at that time; sizes and names of its requests would tell.",
    ],
  };
}
