import { countOf } from "@firebreak/model/collections";
import { severityRank } from "@firebreak/model/severity";
import type { Ground } from "@firebreak/model/triage";
import { observed } from "../grounds.ts";
import { behaviourGrounds, productAlerts } from "../records/behaviours.ts";
import { type FarEnd, hostOf } from "../records/far-ends.ts";
import { contactOf, insiderOf } from "../records/traffic.ts";
import { labelOf } from "../subject.ts";
import { type Desk, open, type Question, type Suggestion } from "./question.ts";

const dayMs = 86_400_000;

/** Is the URL, name or address that the alert names malicious? */
export const farEndMalicious = {
  kind: "far-end-malicious",
  options: ["malicious", "non-malicious"],
  async answer(desk) {
    return farEndSuggestion(desk);
  },
} satisfies Question;

export function farEndSuggestion(desk: Desk): Suggestion {
  const ends = desk.farEnds.filter(({ strength }) => strength >= 50);
  if (ends.length === 0) return open("The alert names no address, name or URL outside the organisation.");
  const bad: Ground[] = [];
  const good: Ground[] = [];
  let confidence = 0;
  const blame = (weight: number, grounds: readonly Ground[]) => {
    if (grounds.length === 0) return;
    confidence = Math.max(confidence, weight) + (bad.length > 0 ? 5 : 0);
    bad.push(...grounds);
  };
  for (const end of ends) {
    const card = desk.intel.cardOf(end.type, end.value);
    if (card?.verdict === "malicious" || card?.verdict === "suspicious") blame(card.confidence, card.grounds);
    else good.push(...(card?.grounds ?? []));
    const alerts = productAlerts(end.rows);
    blame(
      60,
      observed(
        desk.scene,
        `A detection product names traffic with ${end.value}: ${alerts[0]?.rule_name ?? ""}.`,
        alerts,
      ),
    );
    blame(55, namedByFindings(desk, end));
  }
  if (confidence >= 50)
    return {
      answer: "malicious",
      confidence: Math.min(95, confidence),
      for: bad,
      against: good,
      wouldChange: "Its content, fetched in isolation, or its owner's explanation.",
    };
  const common = ends.flatMap((end) => commonUse(desk, end));
  if (
    bad.length === 0 &&
    common.length > 0 &&
    ends.every((end) => commonUse(desk, end).length > 0 || end.rows.length === 0)
  )
    return {
      answer: "non-malicious",
      confidence: 60,
      for: [...common, ...good],
      against: [],
      wouldChange: "A malicious verdict, or a finding about a machine that went there.",
    };
  return open(
    `A look-up of ${ends[0]!.value} with its relations (communicating files, resolutions, URLs), or what was fetched from it.`,
    bad,
    good,
  );
}

/** Findings of the case, other than the alert's own, that name the far end: a look-alike, a beacon, a download. */
function namedByFindings(desk: Desk, end: FarEnd): Ground[] {
  const names = new Set([end.value.toLowerCase(), hostOf(end.value) ?? ""]);
  const naming = desk.picture.findings.filter(
    ({ kind, severity, entities }) =>
      kind !== "alert" &&
      severityRank(severity) >= severityRank("medium") &&
      entities.some(({ value }) => names.has(value.toLowerCase())),
  );
  return behaviourGrounds(naming.map((finding) => ({ finding, events: finding.events })));
}

/** Met by many machines over days before the alert, with nothing found about it: a service in use. Weak, and says so. */
export function commonUse(desk: Desk, end: FarEnd): Ground[] {
  const earlier = end.rows.filter(
    (row) => contactOf(desk.scene, row) === "outbound" && (desk.clock.gapOf(row) ?? 0) < -3_600_000,
  );
  const machines = new Set(earlier.map((row) => labelOf(insiderOf(desk.scene, row) ?? "")));
  const days = new Set(earlier.map((row) => Math.floor(row.ms! / dayMs)));
  const hours = new Set(earlier.map((row) => Math.floor(row.ms! / 3_600_000)));
  const isUsed = machines.size >= 3 && (days.size >= 2 || hours.size >= 4);
  return isUsed
    ? observed(
        desk.scene,
        `${end.value} was met by ${countOf(machines.size, "machine")} on ${countOf(days.size, "day")} before the alert, without a finding about it: a service in common use (a judgement by number).`,
        earlier,
      )
    : [];
}
