import { countOf } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severities, severityRank } from "@firebreak/model/severity";

const dayMs = 86_400_000;
/** Records that lie further from the alert are of another time; a link between the two must be shown, not assumed. */
const farDays = 30;

/**
 * What lies more than a month before or after the alert is context of the case, and no evidence of this incident: told one
 * severity lower with half the confidence, and with the days between. An intruder who waited that long leaves a link, which is
 * what to look for. Findings of the alert itself, and undated ones, are returned as they are.
 * @param alertMs the alert's time; undefined in a case without one
 */
export function weighFarFromAlert(alertMs: number | undefined, finding: Finding): Finding {
  const distance = alertMs === undefined ? undefined : distanceOf(finding, alertMs);
  if (distance === undefined || finding.kind === "alert" || Math.abs(distance) <= farDays) return finding;
  const days = countOf(Math.floor(Math.abs(distance)), "day");
  const rank = Math.max(0, severityRank(finding.severity) - 1);
  return {
    ...finding,
    severity: severities[rank]!,
    confidence: Math.round(finding.confidence / 2),
    statement: `${finding.statement} It lies ${days} ${distance < 0 ? "before" : "after"} the alert: context, and no evidence of this incident until a record links the two.`,
    alternatives: [`Another incident of its own, ${days} apart from the alert.`, ...finding.alternatives],
  };
}

/** Days from the alert to the finding: negative where it ends before, 0 where it spans the alert. */
function distanceOf({ start, end, events }: Finding, alertMs: number): number | undefined {
  if (start === null) return undefined;
  const from = Date.parse(start);
  // Without an end its records say how far it reaches.
  const reached = events.flatMap(({ time }) => (time === undefined ? [] : [Date.parse(time)]));
  const to = end === null ? Math.max(from, ...reached) : Date.parse(end);
  if (to < alertMs) return (to - alertMs) / dayMs;
  return from > alertMs ? (from - alertMs) / dayMs : 0;
}
