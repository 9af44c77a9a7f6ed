import { formatDuration } from "@firebreak/model/duration";
import type { ClockStatement, ResearchQuestion } from "@firebreak/model/picture";
import type { Alert } from "../alerts/alert.ts";
import type { EventRow } from "./rows.ts";
import { findingId, type Scene } from "./scene.ts";

export interface ClockSuggestion {
  /** What the source's times, as read now, are ahead of the alert's clock. */
  offsetMs: number;
  statement: ClockStatement;
  question: ResearchQuestion;
}

const quarterMs = 15 * 60_000;
const toleranceMs = 90_000;
const maxOffsetMs = 14 * 3_600_000;
/** A coincidence that a busy source would offer by chance more often than this is no anchor. */
const maxExpectedByChance = 0.5;

/**
 * A source whose zone nobody stated, with records of the alert's own observables a whole number of quarter hours off the
 * alert, to the second: very likely the same moment, read in the wrong zone. Suggested, never applied.
 */
export function suggestClock(
  scene: Pick<Scene, "receipts" | "cite">,
  alert: Alert,
  rows: readonly EventRow[],
): ClockSuggestion | undefined {
  if (!alert.time) return undefined;
  let best: { row: EventRow; offsetMs: number; off: number; anchors: EventRow[] } | undefined;
  for (const row of rows) {
    if (row.ms === null || row.zone_source === "in-record" || row.zone_source === "file-header") continue;
    const gap = row.ms - alert.time.ms;
    const offsetMs = Math.round(gap / quarterMs) * quarterMs;
    const off = Math.abs(gap - offsetMs);
    if (offsetMs === 0 || Math.abs(offsetMs) > maxOffsetMs || off > toleranceMs) continue;
    if (best && best.off <= off) continue;
    if (isLikelyChance(rows, row, alert.time.ms, off)) continue;
    const anchors = rows.filter(
      (other) =>
        other.evidence === row.evidence &&
        other.ms !== null &&
        Math.abs(other.ms - offsetMs - alert.time!.ms) <= toleranceMs,
    );
    best = { row, offsetMs, off, anchors };
  }
  if (!best) return undefined;
  const receipt = scene.receipts.find(({ id }) => id === best.row.evidence)!;
  const side = best.offsetMs > 0 ? "ahead of" : "behind";
  const text = `${receipt.path} is read in ${receipt.zone}; ${best.anchors.length} of its records about the alert's own entities are ${formatDuration(best.offsetMs)} ${side} the alert, to within ${formatDuration(best.off)}. They are likely the same moment in another zone.`;
  const events = best.anchors.slice(0, 10).map(scene.cite);
  return {
    offsetMs: best.offsetMs,
    statement: {
      source: receipt.path,
      zone: receipt.zone ?? "unknown",
      zoneSource: best.row.zone_source ?? "assumed",
      offsetSeconds: best.offsetMs / 1000,
      statement: `${text} Suggested, not applied: every time is shown as recorded.`,
      anchors: best.anchors.length,
      events,
    },
    question: {
      id: findingId("question", "clock", receipt.path),
      question: `In which zone does ${receipt.path} record its times?`,
      why: text,
      query: `ask the owner of the source, or run again with --timezone set to an offset that is ${formatDuration(best.offsetMs)} further ${best.offsetMs > 0 ? "east" : "west"}`,
      wouldChange: "With the right zone these records fall on the alert itself.",
      events,
    },
  };
}

/** True where the source has a record as near to the alert as read, or so many records that one fits any quarter hour. */
function isLikelyChance(rows: readonly EventRow[], anchor: EventRow, alertMs: number, off: number): boolean {
  let inReach = 0;
  for (const row of rows) {
    if (row.evidence !== anchor.evidence || row.ms === null) continue;
    const gap = Math.abs(row.ms - alertMs);
    if (gap <= off) return true;
    if (gap <= maxOffsetMs) inReach++;
  }
  return (inReach * (2 * off + 1000)) / quarterMs > maxExpectedByChance;
}
