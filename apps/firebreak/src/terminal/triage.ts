import type { Ground, TriageDocument, TriageStep } from "@firebreak/model/triage";
import { inert } from "./output.ts";

const shownGrounds = 4;
const shownRefs = 3;

/** A triage for a person: the steps with their grounds, the scope, the verdict and the note. */
export function renderTriage(document: TriageDocument): string {
  const { alert, playbook, steps, scope, clocks, verdict, artifacts, limits } = document;
  const lines = [
    `${alert.title}`,
    `${alert.id}  ${alert.severity}  ${alert.time?.at ?? "no usable time"}  device action ${alert.deviceAction}  playbook ${playbook.name}`,
    "",
    ...steps.flatMap(stepLines),
    ...clocks.map(({ statement }) => `Clock: ${statement}`),
    "Scope",
    ...scope.map(
      ({ type, value, state, direction, first, last, gap, volunteered, reason }) =>
        `  ${volunteered ? "also" : "    "} ${type} ${value}  ${state}, ${direction}, ${spanOf(first, last)}, ${gap}. ${reason}`,
    ),
    "Artifacts",
    ...artifacts.map(({ type, value, role }) => `  ${role}: ${type} ${value}`),
    ...(limits.length > 0 ? ["Not read or not shown", ...limits.map((limit) => `  ${limit}`)] : []),
    "",
    `Verdict: ${verdict.value} (${verdict.by}, confidence ${verdict.confidence}). ${verdict.reason}`,
    `Would change it: ${verdict.wouldChange}`,
  ];
  return `${lines.map(inert).join("\n")}\n`;
}

function spanOf(first: string | null, last: string | null): string {
  return first === null && last === null ? "undated" : `${first ?? "no date"} to ${last ?? "no date"}`;
}

/** One step, as it is also shown before a person answers it. */
export function stepLines({
  question,
  answer,
  by,
  confidence,
  options,
  for: grounds,
  against,
  wouldChange,
  limits,
  judgement,
}: TriageStep): string[] {
  const who = by === "analyst" ? "analyst" : `suggested, confidence ${confidence}`;
  return [
    `${question}  ${answer} (${who})`,
    `  options: ${options.join(" | ")}`,
    ...(judgement === undefined ? [] : [`  judgement: ${judgement}`]),
    ...groundLines("for", grounds),
    ...groundLines("against", against),
    ...limits.map((limit) => `  read in part: ${limit}`),
    `  would change: ${wouldChange}`,
  ];
}

function groundLines(word: string, grounds: readonly Ground[]): string[] {
  const more = grounds.length > shownGrounds ? [`  ${word}: and ${grounds.length - shownGrounds} more`] : [];
  return [
    ...grounds.slice(0, shownGrounds).map(({ kind, text, events, eventsOmitted, source }) => {
      const refs = events.slice(0, shownRefs).map(({ ref }) => ref);
      const left = events.length + eventsOmitted - refs.length;
      const more = left > 0 ? ` and ${left} more` : "";
      return `  ${word} (${kind}): ${text} [${refs.length > 0 ? `${refs.join(", ")}${more}` : source}]`;
    }),
    ...more,
  ];
}
