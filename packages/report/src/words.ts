import { countOf } from "@firebreak/model/collections";
import type { EntityState, FindingKind } from "@firebreak/model/picture";
import type { Severity } from "@firebreak/model/severity";

/** A shape for each severity, so that colour is never the only sign. */
export const severityShape: Record<Severity, string> = {
  critical: "◆",
  high: "▲",
  medium: "■",
  low: "●",
  informational: "○",
};

export const severityWord: Record<Severity, string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  informational: "Informational",
};

export const stateWord: Record<EntityState, string> = {
  confirmed: "Confirmed",
  suspected: "Suspected",
  context: "Context",
  cleared: "Cleared",
  "not-examined": "Not examined",
};

export const stateShape: Record<EntityState, string> = {
  confirmed: "◆",
  suspected: "▲",
  context: "●",
  cleared: "✓",
  "not-examined": "○",
};

export const kindWord: Record<FindingKind, string> = {
  chain: "Chain of events",
  "red-flag": "Red flag",
  detection: "Detection",
  correlation: "Correlation",
  alert: "Alert",
};

/** Words for a confidence of 0 to 100, from the DNI scale in STIX 2.1, appendix A. */
export function confidenceWord(confidence: number): string {
  if (confidence >= 90) return "almost certain";
  if (confidence >= 80) return "very likely";
  if (confidence >= 60) return "likely";
  if (confidence >= 40) return "roughly even chance";
  if (confidence >= 20) return "unlikely";
  if (confidence >= 10) return "very unlikely";
  return "almost no chance";
}

export type Certainty = "sure" | "suspected" | "weak";

/** Very likely or better is sure; below a roughly even chance is weak. */
export function certaintyOf(confidence: number): Certainty {
  if (confidence >= 80) return "sure";
  return confidence >= 40 ? "suspected" : "weak";
}

/** Bytes in binary units with one decimal: 1536 → "1.5 KiB". */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? countOf(bytes, "byte") : `${value.toFixed(1)} ${units[unit]}`;
}

/** "2026-03-01T09:30:00.5Z" → "2026-03-01 09:30:00.5"; the reader is told once that all times are UTC. */
export function formatTime(time: string | null | undefined): string {
  if (time === null || time === undefined) return "undated";
  return time.replace("T", " ").replace(/Z$/, "");
}

/**
 * The two ends of a period to the second, or one when it is an instant or open; a second time of the same day goes
 * without its date. The cited records have the times in full.
 */
export function periodEnds(first: string | null, last: string | null): [string] | [string, string] {
  if (first === null) return [last === null ? "undated" : `until ${toSecond(last)}`];
  const from = toSecond(first);
  const to = last === null ? from : toSecond(last);
  if (from === to) return [from];
  return [from, from.slice(0, 11) === to.slice(0, 11) ? to.slice(11) : to];
}

function toSecond(time: string): string {
  return formatTime(time).replace(/\.\d+$/, "");
}

export function formatPeriod(first: string | null, last: string | null): string {
  return periodEnds(first, last).join(" – ");
}
