import { compareText, getOrMake } from "@firebreak/model/collections";
import { type EventRow, eventOrder, eventRowColumns } from "../rows.ts";
import type { Scene } from "../scene.ts";

const nearMs = 15 * 60_000;
/** A peer that was met in so many different hours before the alert is a standing relation. */
export const standingHours = 3;

export interface MetPeer {
  rows: EventRow[];
  near: boolean;
}

/** Peers met within a quarter of an hour of the alert, each with all its dated records with the address. */
export async function peersOf(
  scene: Pick<Scene, "store" | "networks">,
  alertMs: number,
  address: string,
  offsetMs: number | undefined,
  skip: ReadonlySet<string>,
): Promise<[string, MetPeer][]> {
  const rows = await scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM events e WHERE (e.source_ip = $v OR e.destination_ip = $v) AND e.ms IS NOT NULL ORDER BY ${eventOrder} LIMIT 100000`,
    { v: address },
  );
  const peers = new Map<string, MetPeer>();
  for (const row of rows) {
    const peer = row.source_ip === address ? row.destination_ip : row.source_ip;
    if (!peer || skip.has(peer) || !scene.networks.isExternal(peer)) continue;
    const known = getOrMake(peers, peer, () => ({ rows: [], near: false }));
    known.rows.push(row);
    const gap = Math.abs(row.ms! - alertMs);
    const shifted =
      offsetMs === undefined || row.zone_source === "in-record"
        ? gap
        : Math.abs(row.ms! - offsetMs - alertMs);
    if (Math.min(gap, shifted) <= nearMs) known.near = true;
  }
  return [...peers].filter(([, { near }]) => near).sort((a, b) => compareText(a[0], b[0]));
}

/** A connection or request that a device says it did not let through. */
export function isRefused(row: EventRow): boolean {
  return (
    row.type?.split(" ").includes("denied") === true ||
    (row.action !== null &&
      /^(denied|blocked|dropped|rejected|connection-blocked|packet-blocked)$/.test(row.action))
  );
}

export function isStanding(rows: readonly EventRow[], alertMs: number): boolean {
  const hours = new Set(
    rows.flatMap((row) => (row.ms! < alertMs - 3_600_000 ? [Math.floor(row.ms! / 3_600_000)] : [])),
  );
  return hours.size >= standingHours;
}

/** A peer that half of the organisation meets, or more than ten machines, is a service and not a rendezvous. */
export function isCommon(met: number, insiders: number): boolean {
  return met > 10 || (met > 2 && met * 2 >= insiders);
}

export interface Peer {
  peer: string;
  n: number;
}

/** Internal addresses that met an external one, with the number of records. */
export async function insidersOf(scene: Pick<Scene, "store" | "networks">, peer: string): Promise<Peer[]> {
  const rows = await scene.store.query<Peer>(
    `SELECT CASE WHEN e.source_ip = $v THEN e.destination_ip ELSE e.source_ip END AS peer, count(*) AS n
     FROM events e WHERE e.source_ip = $v OR e.destination_ip = $v GROUP BY 1 ORDER BY 1`,
    { v: peer },
  );
  return rows.filter(({ peer: other }) => other !== null && scene.networks.isInternal(other));
}

export async function countInsiders(scene: Pick<Scene, "store" | "networks">): Promise<number> {
  const rows = await scene.store.query<{ a: string }>(
    "SELECT DISTINCT a FROM (SELECT source_ip AS a FROM events UNION SELECT destination_ip FROM events) WHERE a IS NOT NULL ORDER BY a",
  );
  return rows.filter(({ a }) => scene.networks.isInternal(a)).length;
}
