import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { summariseActors } from "../entities-of.ts";
import { isRelay } from "../machine-addresses.ts";
import { type EventRow, isoOf, refOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";
import { notDenied } from "./traffic.ts";

const maxPeers = 30;
const readRows = 5000;
/** A peer that more machines than this meet is a service in common use. */
const maxOthers = 5;

/** Other machines of ours that met an outside address which a serious finding names: in scope, however quiet they are. */
export async function sharedPeers(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const out: Finding[] = [];
  for (const [peer, known] of [...peersOf(scene, findings)]
    .sort((a, b) => compareText(a[0], b[0]))
    .slice(0, maxPeers)) {
    const rows = await scene.store.query<EventRow>(
      rowsWhere(
        `(e.source_ip = $v OR e.destination_ip = $v)
       AND ${notDenied}`,
        { limit: readRows },
      ),
      { v: peer },
    );
    const byOther = new Map<string, EventRow[]>();
    for (const row of rows) {
      const other = row.source_ip === peer ? row.destination_ip : row.source_ip;
      if (!other || known.has(other) || !scene.networks.isInternal(other) || scene.networks.isGateway(other))
        continue;
      if (isRelay(scene.profile, other)) continue;
      getOrMake(byOther, other, () => []).push(row);
    }
    if (byOther.size > 0 && byOther.size <= maxOthers) out.push(toFinding(scene, peer, byOther));
  }
  return out;
}

/** Outside addresses of serious findings, each with the inside addresses that are already named beside it. */
function peersOf(scene: Scene, findings: readonly Finding[]): Map<string, Set<string>> {
  const peers = new Map<string, Set<string>>();
  for (const finding of findings) {
    if (severityRank(finding.severity) < severityRank("high") || finding.kind === "alert") continue;
    const inside = finding.entities.flatMap(({ type, value, role }) => {
      if (type === "address") return [value];
      if (type !== "host" || role !== "host") return [];
      const label = value.toLowerCase().split(".")[0];
      return scene.profile.assets.find(({ name }) => name.toLowerCase() === label)?.addresses ?? [];
    });
    for (const { type, value, role } of finding.entities) {
      if (type !== "address" || role === "mentioned" || !scene.networks.isExternal(value)) continue;
      const known = getOrMake(peers, value, () => new Set<string>());
      for (const address of inside) known.add(address);
    }
  }
  return peers;
}

function toFinding(scene: Scene, peer: string, byOther: ReadonlyMap<string, readonly EventRow[]>): Finding {
  const others = [...byOther].sort((a, b) => compareText(a[0], b[0]));
  const rows = others.flatMap(([, list]) => list);
  const dated = rows.filter(({ ms }) => ms !== null).sort((a, b) => a.ms! - b.ms!);
  const lines = others.map(([address, list]) => {
    const asset = scene.profile.assets.find(({ addresses }) => addresses.includes(address));
    const first = list.find(({ ms }) => ms !== null);
    const when = first ? `first at ${isoOf(first.ms)}` : "without a usable time";
    return `${address}${asset ? ` (${asset.name})` : ""}: ${countOf(list.length, "record")}, ${when} (${list.slice(0, 3).map(refOf).join(", ")})`;
  });
  return {
    id: findingId("red-flag", "shared-peer", peer),
    kind: "red-flag",
    title: `${others.map(([address]) => address).join(", ")} also met ${peer}, which a serious finding names`,
    statement: `${peer} is named by a finding of high severity that does not name these machines. It was also met by ${lines.join("; ")}. In scope until shown otherwise; that the same happened there is not proven.`,
    severity: "medium",
    confidence: 55,
    start: isoOf(dated[0]?.ms),
    end: isoOf(dated.at(-1)?.ms),
    entities: summariseActors(rows),
    techniques: [],
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: [
      "Both machines may use a service that shares this address; the requests' names would tell.",
    ],
  };
}
