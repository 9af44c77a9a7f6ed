import { formatDuration } from "@firebreak/model/duration";
import type { ClockStatement, EvidenceReceipt } from "@firebreak/model/picture";
import type { Alert } from "../alerts/alert.ts";
import { suggestClock } from "../findings/clock-anchor.ts";
import type { EventRow } from "../findings/rows.ts";
import type { TriageScene } from "./context.ts";

type Timed = Pick<EventRow, "ms" | "evidence" | "zone_source">;

/**
 * Brings the records' clocks and the alert's together, without changing a recorded time: a source whose zone nobody
 * stated may be a whole number of quarter hours off, and records of the alert's own observables show it.
 */
export interface AlertClock {
  readonly alertMs: number | undefined;
  readonly statements: readonly ClockStatement[];
  /** Milliseconds after the alert (negative: before), in the clock that was brought together; undefined without a time. */
  gapOf(row: Timed): number | undefined;
  /** "48 s before the alert", "no usable date". */
  words(row: Timed): string;
  /** The reading of a source's clock that the gap uses. */
  offsetOf(evidence: string): number;
}

/** A row this near is at the alert's time. */
const atAlertMs = 2 * 60_000;

export function readClock(scene: TriageScene, alert: Alert, rows: readonly EventRow[]): AlertClock {
  const offsets = new Map<string, number>();
  const statements: ClockStatement[] = [];
  for (const receipt of scene.receipts) {
    const found = anchor(scene, alert, receipt, rows);
    if (!found) continue;
    offsets.set(receipt.id, found.offsetMs);
    statements.push(found.statement);
  }
  const alertMs = alert.time?.ms;
  const gapOf = (row: Timed) =>
    row.ms === null || alertMs === undefined
      ? undefined
      : row.ms - (offsets.get(row.evidence) ?? 0) - alertMs;
  return {
    alertMs,
    statements,
    offsetOf: (evidence) => offsets.get(evidence) ?? 0,
    gapOf,
    words(row) {
      if (row.ms === null) return "no usable date";
      const gap = gapOf(row);
      if (gap === undefined) return "the alert has no usable time to compare with";
      const offset = offsets.get(row.evidence) ?? 0;
      const read =
        offset === 0 ? "" : ` (its clock read ${formatDuration(offset)} ${offset > 0 ? "ahead" : "behind"})`;
      if (Math.abs(gap) <= atAlertMs) return `at the alert, within ${formatDuration(gap)}${read}`;
      return `${formatDuration(gap)} ${gap < 0 ? "before" : "after"} the alert${read}`;
    },
  };
}

/** Where the alert's own zone was only assumed, records that state theirs are the anchors, not the other way round. */
function anchor(scene: TriageScene, alert: Alert, receipt: EvidenceReceipt, rows: readonly EventRow[]) {
  const own = rows.filter(({ evidence }) => evidence === receipt.id);
  if (own.length === 0) return undefined;
  const isAssumed = alert.time?.zoneSource === "assumed";
  const usable = isAssumed ? own.map((row) => ({ ...row, zone_source: "assumed" })) : own;
  return suggestClock(scene, alert, usable);
}
