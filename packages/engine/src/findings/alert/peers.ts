import { compareText, getOrMake } from "@firebreak/model/collections";
import { notDenied } from "../red-flags/traffic.ts";
import { type EventRow, eventOrder, eventRowColumns, sqlText } from "../rows.ts";
import type { Scene } from "../scene.ts";

const nearMs = 15 * 60_000;
/** A peer that was met in so many different hours before the alert is a standing relation. */
export const standingHours = 3;

/** An outside address that was met, by all its dated records with the address. */
export interface MetPeer {
  /** The first of them. */
  rows: EventRow[];
  isRefused: boolean;
  isStanding: boolean;
}

const shownRows = 3;
/** The other end of a record that names the address `$v`. */
const otherEnd = "CASE WHEN e.source_ip = $v THEN e.destination_ip ELSE e.source_ip END";
const named = "(e.source_ip = $v OR e.destination_ip = $v) AND e.ms IS NOT NULL";

/**
 * Peers met within a quarter of an hour of the alert. Counting is left to the store, so that a machine with millions of
 * records is judged by all of them.
 * @param offsetMs by which times without a zone of their own may be off
 */
export async function peersOf(
  scene: Pick<Scene, "store" | "networks">,
  alertMs: number,
  address: string,
  offsetMs: number | undefined,
  skip: ReadonlySet<string>,
): Promise<[string, MetPeer][]> {
  const gap = (ms: string) => `abs(${ms} - ${Math.trunc(alertMs)}) <= ${nearMs}`;
  const shifted =
    offsetMs === undefined
      ? "false"
      : `(e.zone_source IS DISTINCT FROM 'in-record' AND ${gap(`e.ms - ${Math.trunc(offsetMs)}`)})`;
  const met = await scene.store.query<{ peer: string | null; passed: number; hours: number }>(
    `SELECT ${otherEnd} AS peer, count(*) FILTER (WHERE ${notDenied}) AS passed,
       count(DISTINCT e.ms // 3600000) FILTER (WHERE e.ms < ${Math.trunc(alertMs) - 3_600_000}) AS hours
     FROM events e WHERE ${named} GROUP BY 1 HAVING bool_or(${gap("e.ms")} OR ${shifted}) ORDER BY 1`,
    { v: address },
  );
  const peers = met.filter(({ peer }) => peer !== null && !skip.has(peer) && scene.networks.isExternal(peer));
  const rows = await firstRows(
    scene,
    address,
    peers.map(({ peer }) => peer!),
  );
  return peers
    .map(({ peer, passed, hours }): [string, MetPeer] => [
      peer!,
      {
        rows: rows.get(peer!) ?? [],
        isRefused: Number(passed) === 0,
        isStanding: Number(hours) >= standingHours,
      },
    ])
    .sort((a, b) => compareText(a[0], b[0]));
}

/** The first records of each peer with the address. */
async function firstRows(
  scene: Pick<Scene, "store">,
  address: string,
  peers: readonly string[],
): Promise<Map<string, EventRow[]>> {
  const first = new Map<string, EventRow[]>();
  if (peers.length === 0) return first;
  const rows = await scene.store.query<EventRow & { peer: string }>(
    `SELECT ${eventRowColumns}, ${otherEnd} AS peer FROM events e WHERE ${named} AND ${otherEnd} IN (${peers.map(sqlText).join(",")})
     QUALIFY row_number() OVER (PARTITION BY ${otherEnd} ORDER BY ${eventOrder}) <= ${shownRows} ORDER BY ${eventOrder}`,
    { v: address },
  );
  for (const row of rows) getOrMake(first, row.peer, () => []).push(row);
  return first;
}

/** A connection or request that a device says it did not let through. */
export function isRefused(row: EventRow): boolean {
  return (
    row.type?.split(" ").includes("denied") === true ||
    (row.action !== null &&
      /^(denied|blocked|dropped|rejected|connection-blocked|packet-blocked)$/.test(row.action))
  );
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
