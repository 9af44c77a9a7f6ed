import type { Ground, ScopeEntity, TriageStep, TriageVerdict } from "@firebreak/model/triage";
import type { Alert } from "../alerts/alert.ts";
import { firstGrounds } from "./grounds.ts";
import { insufficient } from "./questions/question.ts";

/** References that a sentence of the note shows. */
const shown = 3;
const maxTold = 12;

/** The analyst's note, from cited facts only: what the alert is, each answer with its records, the scope, and what is not known. */
export function draftNote(
  alert: Alert,
  steps: readonly TriageStep[],
  scope: readonly ScopeEntity[],
  verdict: TriageVerdict,
  limits: readonly string[],
): string {
  const when = alert.time
    ? `at ${alert.time.iso} (recorded as "${alert.time.original}", zone ${alert.time.zone}, ${alert.time.zoneSource})`
    : "without a usable time";
  const answered = steps.filter(({ answer }) => answer !== insufficient);
  const openSteps = steps.filter(({ answer }) => answer === insufficient);
  const others = scope.filter(({ volunteered, records }) => volunteered && records > 0);
  const lines = [
    `Alert "${alert.title}" ${when}; device action "${alert.deviceAction}".`,
    `Verdict: ${verdict.value}, confidence ${verdict.confidence}. ${verdict.reason}`,
    ...answered.map(answerLine),
    others.length > 0
      ? `Scope beyond the alert: ${others.slice(0, maxTold).map(scopeText).join(" ")}${others.length > maxTold ? ` And ${others.length - maxTold} more.` : ""}`
      : "Scope: no other party was found in what was read.",
    ...(openSteps.length > 0
      ? [
          `Not known: ${openSteps.map(({ question, wouldChange }) => `${question} Needed: ${wouldChange}`).join(" ")}`,
        ]
      : []),
    ...(limits.length > 0 ? [`Not read: ${limits.join(" ")}`] : []),
  ];
  return lines.join("\n");
}

function answerLine({
  question,
  answer,
  by,
  confidence,
  for: grounds,
  against,
  judgement,
}: TriageStep): string {
  const who = by === "analyst" ? "analyst" : `suggested, confidence ${confidence}`;
  const reasons = firstGrounds(grounds, 2).map(groundText).join(" ");
  const contrary = against[0] ? ` Against it: ${groundText(against[0])}` : "";
  return `${question} ${answer} (${who}). ${judgement === undefined ? reasons : `Judgement: ${judgement}`}${contrary}`;
}

/** What is capability or reputation says so: it is not what the logs show. */
function groundText({ kind, text, events, eventsOmitted, source }: Ground): string {
  const place = refsOf(events, eventsOmitted) || (source ?? "");
  const label = kind === "capability" ? "Capability: " : kind === "reputation" ? "Reputation: " : "";
  return `${label}${text}${place === "" ? "" : ` [${place}]`}`;
}

function scopeText({ reason, events, eventsOmitted }: ScopeEntity): string {
  const refs = refsOf(events, eventsOmitted);
  return `${reason}${refs === "" ? "" : ` [${refs}]`}`;
}

function refsOf(events: Ground["events"], omitted: number): string {
  const more = events.length + omitted - shown;
  const refs = events.slice(0, shown).map(({ ref }) => ref);
  return `${refs.join(", ")}${refs.length > 0 && more > 0 ? ` and ${more} more` : ""}`;
}
