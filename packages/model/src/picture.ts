import type { Severity } from "./severity.ts";

/** The frozen result of an investigation: what `--json` prints, what every report renders. Renderers compute nothing. */
export interface Picture {
  case: PictureCase;
  evidence: EvidenceReceipt[];
  counts: PictureCounts;
  detections: PictureDetection[];
  findings: Finding[];
  entities: PictureEntity[];
  research: ResearchQuestion[];
  coverage: Coverage[];
  clocks: ClockStatement[];
  timeline: TimelineRow[];
}

/** A citation: enough for a stranger to open the raw record. `ref` is the event's stable id. */
export interface Citation {
  ref: string;
  /** Path of the evidence as given, "archive.zip!/inner.log" inside containers. */
  path: string;
  /** Bytes in the (decompressed) evidence item. */
  offset: number;
  length: number;
  line?: number;
  /** The record's own number, where the format has one (EVTX). */
  recordId?: string;
  /** UTC, or absent for an undated record. */
  time?: string;
}

export interface PictureCase {
  tool: string;
  schema: string;
  organisation: { name: string; declared: boolean; statements: string[] };
  alert?: { source: string; fields: Record<string, string>; time?: string; statements: string[] };
  rules: { source: string; count: number; sha256: string; problems: number }[];
  /** Settings that shape the result. */
  settings: Record<string, string>;
  summary: string[];
}

export interface EvidenceReceipt {
  /** First 12 hex digits of the SHA-256: the left half of every event reference. */
  id: string;
  path: string;
  sha256: string;
  bytes: number;
  /** Format name(s), or "unrecognised" / "empty" / "container/zip". */
  format: string;
  records: number;
  rejected: number;
  undated: number;
  /** UTC of the earliest and latest dated record. */
  first: string | null;
  last: string | null;
  /** Zone the file's times were read in and where it came from, e.g. "UTC (format-default)". */
  zone: string | null;
  notes: string[];
  /** Bytes by fate; they add up to `bytes` (a container's own bytes are "container"). */
  accounted: { records: number; rejected: number; skipped: Record<string, number> };
  rejects: { offset: number; length: number; line?: number; reason: string }[];
  /** Formats seen, by event count, for mixed files. */
  formats: Record<string, number>;
}

export interface PictureCounts {
  files: number;
  bytes: number;
  records: number;
  rejected: number;
  undated: number;
  detections: number;
  findings: number;
  byDataset: Record<string, number>;
}

export interface PictureDetection {
  ruleId: string;
  title: string;
  level: Severity;
  ruleSha256: string;
  techniques: string[];
  count: number;
  first: string | null;
  last: string | null;
  /** Up to the stated limit; `eventsOmitted` says how many more are in the case's store. */
  events: Citation[];
  eventsOmitted: number;
}

export type FindingKind = "chain" | "red-flag" | "detection" | "correlation" | "alert";

export interface Finding {
  id: string;
  kind: FindingKind;
  title: string;
  statement: string;
  severity: Severity;
  /** 0-100, STIX confidence. */
  confidence: number;
  start: string | null;
  end: string | null;
  entities: { type: EntityType; value: string; role: string }[];
  techniques: { id: string; name: string; events: string[] }[];
  events: Citation[];
  eventsOmitted: number;
  alternatives: string[];
  /** For chains: the steps, met and missing, with the nearest miss. */
  steps?: FindingStep[];
}

export interface FindingStep {
  name: string;
  met: boolean;
  events: string[];
  nearestMiss?: string;
}

export type EntityType = "host" | "account" | "address" | "domain" | "url" | "hash" | "file";
export type EntityState = "confirmed" | "suspected" | "context" | "cleared" | "not-examined";

export interface PictureEntity {
  type: EntityType;
  value: string;
  state: EntityState;
  /** 0-100. */
  score: number;
  reasons: { text: string; events: string[] }[];
  events: Citation[];
  eventsOmitted: number;
  first: string | null;
  last: string | null;
  /** Facts about the entity: role in the profile, country and AS with the table's date. */
  facts: string[];
}

export interface ResearchQuestion {
  id: string;
  question: string;
  why: string;
  /** The exact next query or look-up. */
  query: string;
  wouldChange: string;
  events: Citation[];
}

/** What was looked at: a claim of absence needs a row here. */
export interface Coverage {
  source: string;
  kind: string;
  first: string | null;
  last: string | null;
  records: number;
  gaps: { from: string; to: string }[];
  statement: string;
}

export interface ClockStatement {
  source: string;
  zone: string;
  zoneSource: string;
  yearSource?: string;
  /** How far the source's clock is ahead; negative for a slow one. Suggested: as read. Set: the error that was set. */
  offsetSeconds: number;
  statement: string;
  anchors: number;
  events: Citation[];
}

export interface TimelineRow {
  time: string | null;
  /** Why the row is here: a finding id, a rule title. */
  because: string;
  summary: string;
  source: string;
  event: Citation;
}
