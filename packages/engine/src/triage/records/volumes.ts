import { type EventRow, restOf } from "../../findings/rows.ts";
import type { TriageContext } from "../context.ts";
import { rowsOf } from "./pivot.ts";
import { allRows } from "./spans.ts";
import { contactOf } from "./traffic.ts";

export interface Volumes {
  /** Records with a count of bytes that left, to the alert's far ends, within a day of the alert. */
  readonly sent: readonly EventRow[];
  readonly sentBytes: number;
  /** Bytes that left for anywhere outside on other days, a day each. */
  readonly usualDays: readonly number[];
  /** Bytes that the other machines sent on the alert's day. */
  readonly others: readonly number[];
}

const dayMs = 86_400_000;
/** A day around the alert, as long as the days it is compared with: products alert when much has left already. */
const beforeMs = dayMs / 2;

/** What left the organisation in a record: sent bytes, or the size of an upload. */
export function bytesOut(row: EventRow): number {
  const rest = restOf(row);
  const value = Number(
    row.source_bytes ?? rest["http.request.bytes"] ?? rest["http.request.body.bytes"] ?? 0,
  );
  return Number.isFinite(value) ? value : 0;
}

/** Bytes to the alert's far ends against the machine's own other days and against the other machines' same day. */
export async function readVolumes(context: TriageContext, farRows: readonly EventRow[]): Promise<Volumes> {
  const isNear = (row: EventRow) => {
    const gap = context.clock.gapOf(row) ?? Number.MAX_SAFE_INTEGER;
    return gap >= -beforeMs && gap <= dayMs - beforeMs;
  };
  const isOut = (row: EventRow) => contactOf(context.scene, row) === "outbound" && bytesOut(row) > 0;
  const base =
    farRows.length > 0
      ? farRows.filter((row) => context.subject.isOwn(row) || context.subject.addresses.size === 0)
      : rowsOf(context.pivots).filter((row) => context.subject.isOwn(row));
  const sent = base.filter((row) => isNear(row) && isOut(row));
  const days = new Map<number, number>();
  for await (const row of outbound(context)) {
    if (isNear(row) || !context.subject.isOwn(row)) continue;
    const day = Math.floor((row.ms! - context.clock.offsetOf(row.evidence)) / dayMs);
    days.set(day, (days.get(day) ?? 0) + bytesOut(row));
  }
  return {
    sent,
    sentBytes: sent.reduce((sum, row) => sum + bytesOut(row), 0),
    usualDays: [...days.values()],
    others: await othersThatDay(context),
  };
}

async function* outbound(context: TriageContext): AsyncGenerator<EventRow> {
  for (const address of context.subject.addresses)
    for await (const row of allRows(context, "e.source_ip = $v AND e.ms IS NOT NULL", { v: address }))
      if (
        contactOf(context.scene, row) === "outbound" &&
        (row.destination_ip === null || context.scene.networks.isExternal(row.destination_ip))
      )
        yield row;
}

async function othersThatDay(context: TriageContext): Promise<number[]> {
  const { alertMs } = context.clock;
  if (alertMs === undefined) return [];
  const rows = await context.scene.store.query<{ a: string; n: number }>(
    `SELECT e.source_ip AS a, sum(e.source_bytes) AS n FROM events e WHERE e.source_bytes IS NOT NULL AND e.source_ip IS NOT NULL
     AND e.ms BETWEEN $f AND $t GROUP BY e.source_ip ORDER BY e.source_ip`,
    { f: BigInt(alertMs - beforeMs), t: BigInt(alertMs + dayMs - beforeMs) },
  );
  return rows
    .filter(({ a }) => context.scene.networks.isInternal(a) && !context.subject.addresses.has(a))
    .map(({ n }) => Number(n));
}

/** "1.5 GB", "900 kB": decimal units. */
export function sizeText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
