import type { EvidenceReceipt } from "@firebreak/model/picture";
import { offsetAt, wallOffset } from "@firebreak/parsers/time/zone";
import type { ClockSetting } from "./setting.ts";

/** From `fromMs` (an instant as it was read) on, this much is added. The first piece begins at -Infinity. */
export interface ShiftPiece {
  readonly fromMs: number;
  readonly addMs: number;
}

/** How the events of one evidence item are dated in the view. */
export interface Redating {
  readonly evidence: string;
  /** Added to every time: what the clock was slow, or minus what it was fast. */
  readonly addMs: number;
  /** Added besides, by the provenance that a time's zone had; a zone that the record states is never read anew. */
  readonly byZoneSource: ReadonlyMap<string, readonly ShiftPiece[]>;
}

const dayMs = 86_400_000;
const maxDays = 40_000;

/** "UTC (assumed), in-record" → [["assumed", "UTC"]]: the zones in which the times that name none were read. */
export function assumedZonesOf(receipt: Pick<EvidenceReceipt, "zone">): Map<string, string> {
  const zones = new Map<string, string>();
  for (const part of (receipt.zone ?? "").split(", ")) {
    const match = /^(\S+) \(([a-z-]+)\)$/.exec(part);
    // The receipt names the zone of most records first.
    if (match && !zones.has(match[2]!)) zones.set(match[2]!, match[1]!);
  }
  return zones;
}

export function redatingOf(
  receipts: readonly EvidenceReceipt[],
  settings: ReadonlyMap<string, ClockSetting>,
): Redating[] {
  return receipts.flatMap((receipt) => {
    const setting = settings.get(receipt.id);
    if (!setting || receipt.format === "duplicate" || receipt.first === null || receipt.last === null)
      return [];
    const span = { firstMs: Date.parse(receipt.first), lastMs: Date.parse(receipt.last) };
    const byZoneSource = new Map<string, ShiftPiece[]>();
    for (const [source, zone] of setting.zone === undefined ? [] : assumedZonesOf(receipt))
      byZoneSource.set(source, zoneShifts(zone, setting.zone!, span));
    return [{ evidence: receipt.id, addMs: -setting.aheadMs, byZoneSource }];
  });
}

/** Shifts that read the wall clock of `from` in `to`: one piece, and one more for each clock change within the span. */
export function zoneShifts(
  from: string,
  to: string,
  span: { firstMs: number; lastMs: number },
): ShiftPiece[] {
  const shift = (ms: number) => {
    const wallMs = ms + offsetAt(from, ms);
    return wallMs - wallOffset(to, wallMs) - ms;
  };
  let at = span.firstMs;
  let addMs = shift(at);
  const pieces: ShiftPiece[] = [{ fromMs: -Infinity, addMs }];
  for (let day = 0; at < span.lastMs && day < maxDays; day++) {
    const next = Math.min(at + dayMs, span.lastMs);
    const nextAdd = shift(next);
    if (nextAdd !== addMs) {
      pieces.push({ fromMs: firstWith(nextAdd, at, next, shift), addMs: nextAdd });
      addMs = nextAdd;
    }
    at = next;
  }
  return pieces;
}

/** First millisecond in (low, high] that has the shift of `high`. */
function firstWith(addMs: number, low: number, high: number, shift: (ms: number) => number): number {
  let before = low;
  let after = high;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (shift(middle) === addMs) after = middle;
    else before = middle;
  }
  return after;
}

function piecesSql(pieces: readonly ShiftPiece[]): string {
  let sql = `${pieces.at(-1)!.addMs}`;
  for (let i = pieces.length - 2; i >= 0; i--)
    sql = `CASE WHEN ms < ${pieces[i + 1]!.fromMs} THEN ${pieces[i]!.addMs} ELSE ${sql} END`;
  return sql;
}

/** Milliseconds to add, as SQL over the columns `evidence`, `zone_source` and `ms`. */
export function shiftSql(redatings: readonly Redating[]): string {
  const arms = redatings.map(({ evidence, addMs, byZoneSource }) => {
    const zones = [...byZoneSource].map(
      ([source, pieces]) => `WHEN zone_source = '${source}' THEN ${piecesSql(pieces)}`,
    );
    const zoned = zones.length === 0 ? "" : ` + CASE ${zones.join(" ")} ELSE 0 END`;
    return `WHEN evidence = '${evidence}' THEN ${addMs}${zoned}`;
  });
  return `CASE ${arms.join(" ")} ELSE 0 END`;
}

/** True where a setting gave the time its zone, as SQL. */
export function zonedSql(redatings: readonly Redating[]): string {
  const arms = redatings.flatMap(({ evidence, byZoneSource }) =>
    [...byZoneSource.keys()].map((source) => `evidence = '${evidence}' AND zone_source = '${source}'`),
  );
  return arms.length === 0 ? "false" : `(${arms.join(" OR ")})`;
}

/**
 * Temporary views over the store that date its events by the settings: they stand before the tables of the same name, so
 * every query sees them, and the file stays as it is. Matches carry no zone: they are dated by their event.
 */
export function redateSql(redatings: readonly Redating[], database: string): string[] {
  if (redatings.length === 0) return [];
  const shift = shiftSql(redatings);
  const base = `"${database.replaceAll('"', '""')}".main`;
  const items = redatings.map(({ evidence }) => `'${evidence}'`).join(", ");
  return [
    `CREATE OR REPLACE TEMP VIEW events AS SELECT * REPLACE (ms + ${shift} AS ms,
       CASE WHEN ms IS NOT NULL AND ${zonedSql(redatings)} THEN 'case-setting' ELSE zone_source END AS zone_source), rowid FROM ${base}.events`,
    `CREATE OR REPLACE TEMP VIEW matches AS SELECT m.* REPLACE (CASE WHEN d.evidence IS NULL THEN m.ms ELSE d.ms END AS ms)
       FROM ${base}.matches m LEFT JOIN (SELECT evidence, "offset", sub, ms + ${shift} AS ms FROM ${base}.events WHERE evidence IN (${items})) d
       ON m.evidence = d.evidence AND m."offset" = d."offset" AND m.sub IS NOT DISTINCT FROM d.sub`,
  ];
}
