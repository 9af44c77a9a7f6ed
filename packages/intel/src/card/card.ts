import type { AnswerState } from "../answer.ts";
import type { Observable } from "../observable.ts";
import type { Detections, Opinion, RelationKind, Technique, Tlp } from "../reading.ts";

export const cardSchema = "firebreak-intel-card/1";

export const cardVerdicts = ["malicious", "suspicious", "no detections", "unknown", "not asked"] as const;
/** "no detections" is never "clean": it is dated, and says who was asked. */
export type CardVerdict = (typeof cardVerdicts)[number];

/** All that is known of one observable, computed from kept answers and the case's own logs. docs/intel.md describes it. */
export interface Card {
  readonly schema: typeof cardSchema;
  readonly observable: Observable;
  readonly verdict: CardVerdict;
  /** 0-100, for the verdict word. */
  readonly confidence: number;
  /** UTC: answers and records after it are left out. */
  readonly asOf: string;
  readonly sources: readonly CardSource[];
  readonly relations: readonly CardRelation[];
  /** What the case's logs hold: observation. null when no case with events was given. */
  readonly sightings: Sightings | null;
  /** What sandboxes saw samples do: capability, not observation. */
  readonly capability: readonly CardCapability[];
  readonly techniques: readonly Technique[];
  readonly labels: readonly string[];
  readonly reasons: readonly Reason[];
  readonly notes: readonly string[];
}

/** One answer of one source. Two answers of different dates are two entries. */
export interface CardSource {
  readonly provider: string;
  readonly title: string;
  readonly part: string;
  readonly state: AnswerState;
  readonly opinion: Opinion | null;
  /** When it was asked, UTC; null when it was not, or a saved answer does not say. */
  readonly asked: string | null;
  /** When it entered the case; null for a source that was never asked. */
  readonly kept: string | null;
  readonly summary: string;
  readonly detections: Detections | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly link: string | null;
  /** SHA-256 of the kept answer. */
  readonly evidence: string | null;
  readonly retryAfter: string | null;
  readonly tlp: Tlp | null;
}

export interface CardRelation {
  readonly kind: RelationKind;
  readonly target: Observable;
  readonly detections: Detections | null;
  readonly seen: string | null;
  readonly detail: string | null;
  /** True when the case itself holds the target: the alert's file, a file of the evidence. */
  readonly own: boolean;
  readonly provider: string;
  readonly evidence: string | null;
}

export interface CardCapability {
  readonly text: string;
  readonly provider: string;
  readonly evidence: string | null;
}

/** One step of our own reasoning. Positive weights speak for malice; 0 is context. */
export interface Reason {
  readonly text: string;
  /** 0-100. */
  readonly weight: number;
  readonly provider: string | null;
  readonly evidence: string | null;
  readonly events: readonly string[];
}

/** First and last records of the observable in the case's logs, with event references. */
export interface Sightings {
  readonly count: number;
  readonly undated: number;
  readonly first: string | null;
  readonly last: string | null;
  /** References of the earliest records, then of the latest; `eventsOmitted` more are in the case's store. */
  readonly events: readonly string[];
  readonly eventsOmitted: number;
  readonly asSource: number;
  readonly asDestination: number;
  readonly hosts: readonly string[];
  /** What was searched: an absence is only as wide as this. */
  readonly coverage: string;
}

export interface CardSettings {
  /** UTC. */
  readonly asOf: string;
  /** Observables that the case itself holds: hashes of the alert's file and of evidence. */
  readonly own?: readonly Observable[];
  /** Facts from offline tables: country, network. */
  readonly facts?: readonly string[];
}
