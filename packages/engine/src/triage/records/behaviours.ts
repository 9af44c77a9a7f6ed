import type { Citation, Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { Ground } from "@firebreak/model/triage";
import type { EventRow } from "../../findings/rows.ts";
import type { TriageContext } from "../context.ts";
import { firstGrounds } from "../grounds.ts";
import { labelOf } from "../subject.ts";

export interface Behaviour {
  readonly finding: Finding;
  /** Its records within the window. */
  readonly events: readonly Citation[];
}

/** Findings of the case about the alert's own machine or account (or these machines), with records in a window around the alert. */
export function behavioursNear(
  context: TriageContext,
  window: { fromMs: number; toMs: number },
  machines: ReadonlySet<string> = new Set(),
): Behaviour[] {
  return context.picture.findings.flatMap((finding) => {
    if (finding.kind === "alert" || severityRank(finding.severity) < severityRank("medium")) return [];
    const isAbout = finding.entities.some(
      (entity) =>
        isSubject(context, entity) || (entity.type === "host" && machines.has(labelOf(entity.value))),
    );
    if (!isAbout) return [];
    const events = finding.events.filter((event) => {
      const gap = gapOfCitation(context, event);
      return gap !== undefined && gap >= window.fromMs && gap <= window.toMs;
    });
    return events.length === 0 ? [] : [{ finding, events }];
  });
}

function isSubject(context: TriageContext, { type, value }: { type: string; value: string }): boolean {
  const { subject } = context;
  if (type === "host") return subject.hosts.has(labelOf(value));
  if (type === "address") return subject.addresses.has(value);
  return type === "account" && subject.accounts.has(value.slice(value.lastIndexOf("\\") + 1).toLowerCase());
}

function gapOfCitation(context: TriageContext, event: Citation): number | undefined {
  if (event.time === undefined) return undefined;
  return context.clock.gapOf({
    ms: Date.parse(event.time),
    evidence: event.ref.slice(0, 12),
    zone_source: null,
  });
}

export function behaviourGrounds(behaviours: readonly Behaviour[]): Ground[] {
  const grounds = behaviours.map(
    ({ finding, events }): Ground => ({
      kind: "observation",
      text: `${finding.severity}: ${finding.title}.`,
      events: events.slice(0, 20),
      eventsOmitted: finding.eventsOmitted + Math.max(0, events.length - 20),
    }),
  );
  return firstGrounds(grounds, 5);
}

/** Records of protection products (`event.kind: alert`) among these rows. */
export function productAlerts(rows: readonly EventRow[]): EventRow[] {
  return rows.filter(
    (row) => row.kind === "alert" && (row.rule_name !== null || /malware|virus|threat/.test(row.rest)),
  );
}
