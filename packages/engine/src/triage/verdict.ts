import type { TriageStep, TriageVerdict, Verdict } from "@firebreak/model/triage";
import { insufficient } from "./questions/question.ts";

/** One way to a verdict: all of these answers. The first that holds is taken. */
interface Rule {
  readonly when: Readonly<Record<string, string>>;
  readonly verdict: Verdict;
  readonly because: string;
}

const lure = "the message carries something malicious";
const failing = "the sign-ins are an attack on the account, whether or not it succeeded";

/** How a playbook's answers come to a verdict. Whether something succeeded or was stopped does not make it less true. */
const rules: Record<string, readonly Rule[]> = {
  malware: [
    { when: { "file-malicious": "malicious" }, verdict: "true positive", because: "the file is malicious" },
    {
      when: { "file-malicious": "non-malicious" },
      verdict: "false positive",
      because: "the file is software in use, and nothing speaks against it",
    },
  ],
  phishing: [
    { when: { "mail-content-malicious": "malicious" }, verdict: "true positive", because: lure },
    {
      when: { "mail-content-malicious": "non-malicious", "mail-suspicious": "suspicious" },
      verdict: "inconclusive",
      because: "the sender is suspicious and what the message carries is not",
    },
    {
      when: { "mail-content-malicious": "non-malicious" },
      verdict: "false positive",
      because: "neither the message nor what it carries is malicious",
    },
    {
      when: { "mail-suspicious": "not suspicious", "mail-parts": "no" },
      verdict: "false positive",
      because: "an ordinary message of a known sender that carries nothing",
    },
  ],
  "far-end": [
    {
      when: { "far-end-malicious": "malicious" },
      verdict: "true positive",
      because: "where the traffic leads is malicious",
    },
    {
      when: { "far-end-malicious": "non-malicious" },
      verdict: "false positive",
      because: "where the traffic leads is a service in common use, and nothing speaks against it",
    },
  ],
  "web-attack": [
    {
      when: { "web-malicious": "malicious", "planned-test": "planned" },
      verdict: "benign true positive",
      because: "the requests are an attack in form, and a planned one",
    },
    {
      when: { "web-malicious": "malicious" },
      verdict: "true positive",
      because: "the requests are an attack",
    },
    {
      when: { "web-malicious": "non-malicious" },
      verdict: "false positive",
      because: "the requests show no attack",
    },
  ],
  "brute-force": [
    {
      when: { "sign-in-success": "yes" },
      verdict: "true positive",
      because: "a sign-in succeeded after a series of failures",
    },
    {
      when: { "source-suspicious": "yes", "sign-in-traffic": "yes" },
      verdict: "true positive",
      because: failing,
    },
    {
      when: { "source-suspicious": "no" },
      verdict: "false positive",
      because: "the failures are the account's own",
    },
  ],
  exfiltration: [
    {
      when: { "volume-unusual": "unusual", "destination-known": "unknown to the organisation" },
      verdict: "true positive",
      because: "an unusual volume left to a place that the organisation does not use",
    },
    {
      when: { "volume-unusual": "unusual", "destination-known": "sanctioned or in common use" },
      verdict: "inconclusive",
      because: "the volume is unusual and the destination is in use: whose account there it was decides",
    },
    {
      when: { "volume-unusual": "usual", "destination-known": "sanctioned or in common use" },
      verdict: "false positive",
      because: "the volume and the destination are the machine's usual ones",
    },
    {
      when: { "volume-unusual": "usual" },
      verdict: "false positive",
      because: "the volume is the machine's usual one",
    },
  ],
  sprint: [
    {
      when: { "sprint-red-flags": "red flags found" },
      verdict: "true positive",
      because: "the records show red flags with possibly compromised machines",
    },
    {
      when: { "sprint-red-flags": "none in what was read" },
      verdict: "inconclusive",
      because: "nothing of weight was found in what was read, which is a statement about these records only",
    },
  ],
};

/** The verdict that follows from the steps' answers, and which would change it. */
export function suggestVerdict(rule: string, steps: readonly TriageStep[]): TriageVerdict {
  const byKind = new Map(steps.map((step) => [step.kind, step]));
  const met = (rules[rule] ?? []).find(({ when }) =>
    Object.entries(when).every(([kind, answer]) => byKind.get(kind)?.answer === answer),
  );
  if (!met) return inconclusive(steps);
  const restsOn = Object.keys(met.when).map((kind) => byKind.get(kind)!);
  const confidence = Math.min(...restsOn.map((step) => step.confidence));
  return {
    value: met.verdict,
    by: "suggestion",
    confidence,
    reason: `${sentence(met.because)} ${restsOn.map((step) => `${step.question} ${step.answer} (confidence ${step.confidence}).`).join(" ")}`,
    restsOn: restsOn.map(({ id }) => id),
    wouldChange: restsOn.map(({ wouldChange }) => wouldChange).join(" "),
  };
}

function inconclusive(steps: readonly TriageStep[]): TriageVerdict {
  const openSteps = steps.filter(({ answer }) => answer === insufficient);
  const told = steps
    .filter(({ answer }) => answer !== insufficient)
    .map(({ question, answer }) => `${question} ${answer}.`);
  return {
    value: "inconclusive",
    by: "suggestion",
    confidence: 0,
    reason: `The records do not decide it. Open: ${openSteps.map(({ question }) => question).join(" ") || "none"}${told.length > 0 ? ` Answered: ${told.join(" ")}` : ""}`,
    restsOn: openSteps.map(({ id }) => id),
    wouldChange: openSteps.map(({ wouldChange }) => wouldChange).join(" "),
  };
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
