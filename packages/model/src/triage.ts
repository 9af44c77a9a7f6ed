import type { Citation, ClockStatement, EntityState, EntityType } from "./picture.ts";
import type { Severity } from "./severity.ts";

/** One alert worked through a playbook: what `firebreak triage --json` prints. Every answer stands on cited grounds. */
export interface TriageDocument {
  schema: string;
  alert: TriageAlert;
  playbook: { id: string; name: string; title: string };
  steps: TriageStep[];
  scope: ScopeEntity[];
  /** Entities beyond those in `scope`. */
  scopeOmitted: number;
  clocks: ClockStatement[];
  verdict: TriageVerdict;
  artifacts: TriageArtifact[];
  /** What was not read or not looked at, a sentence each: every bound that was reached. */
  limits: string[];
  /** The analyst's note, drafted from cited facts; references stand in brackets. */
  note: string;
  times: TriageTimes;
}

export interface TriageAlert {
  id: string;
  title: string;
  source: string;
  product: string;
  kind: string;
  severity: Severity;
  status: AlertStatus;
  owner: string | null;
  dueAt: string | null;
  /** UTC, with the recorded text and where the zone came from; null where the alert has no usable time. */
  time: { at: string; original: string; zone: string; zoneSource: string } | null;
  deviceAction: string;
  observables: { type: string; value: string; role: string; field: string }[];
  fields: Record<string, string>;
  /** What the alert says and does not say. */
  statements: string[];
}

export type AlertStatus = "open" | "taken" | "closed";

export interface TriageStep {
  id: string;
  /** Kind of question, as the playbook names it. */
  kind: string;
  question: string;
  /** "insufficient evidence" is always among them. */
  options: string[];
  answer: string;
  /** Who answered: the records' own suggestion, or the analyst. */
  by: "suggestion" | "analyst";
  suggested: string;
  /** 0-100. */
  confidence: number;
  for: Ground[];
  against: Ground[];
  wouldChange: string;
  /** Reads behind the suggestion that stopped at their bound, a sentence each: no absence is suggested on them. */
  limits: string[];
  techniques: { id: string; name: string }[];
  /** Set when the analyst answered without a citation. */
  judgement?: string;
  /** Earlier answers, oldest first. */
  history: { at: string; actor: string; answer: string; reason: string | null }[];
}

/**
 * What a ground is: a record of the logs (observation), what a sample can do (capability), what others say of it
 * (reputation), what the alert states, what the organisation declares, what the file holds, or which log covers what.
 */
export type GroundKind =
  | "observation"
  | "capability"
  | "reputation"
  | "alert"
  | "profile"
  | "file"
  | "coverage";

export interface Ground {
  kind: GroundKind;
  text: string;
  events: Citation[];
  eventsOmitted: number;
  /** What stands behind a ground without events: "alert field device_action", "VirusTotal, 2021-03-14". */
  source?: string;
}

export interface ScopeEntity {
  type: EntityType;
  value: string;
  state: EntityState;
  /** What it was in the records: "as source", "as destination", both, or "named". */
  direction: "source" | "destination" | "both" | "named";
  records: number;
  /** Sessions, where the records carry ports; one session logged twice counts once. */
  sessions: number;
  first: string | null;
  last: string | null;
  /** Distance of the nearest record from the alert, clocks brought together, or "no usable date". */
  gap: string;
  /** True where the alert itself does not name it. */
  volunteered: boolean;
  reason: string;
  events: Citation[];
  eventsOmitted: number;
}

export const verdicts = ["true positive", "benign true positive", "false positive", "inconclusive"] as const;
export type Verdict = (typeof verdicts)[number];

export interface TriageVerdict {
  value: Verdict;
  by: "suggestion" | "analyst";
  confidence: number;
  reason: string;
  /** Steps that it rests on. */
  restsOn: string[];
  wouldChange: string;
}

export interface TriageArtifact {
  type: EntityType;
  value: string;
  /** "file hash", "command and control", "source address", … */
  role: string;
  reason: string;
  events: Citation[];
  /** Records beyond those in `events`. */
  eventsOmitted: number;
}

/** UTC; null where it has not happened. */
export interface TriageTimes {
  detected: string | null;
  taken: string | null;
  contained: string | null;
  closed: string | null;
}
