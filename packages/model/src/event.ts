import type { EventTime } from "./time.ts";

/** A single value of a field. 64-bit integers beyond 2^53 stay decimal strings; "absent" is an absent key. */
export type Scalar = string | number | boolean;
export type FieldValue = Scalar | readonly Scalar[];

/**
 * One event as a flat map of dotted ECS names to values: `{ "source.ip": "10.0.0.2", "winlog.event_id": 4625 }`.
 * Flat because it is built once per record and read field by field (rules, store); `nestFields` makes the ECS document.
 * Windows events keep Winlogbeat's names (`winlog.channel`, `winlog.event_data.Image`). Every other vendor field that ECS
 * has no name for keeps its recorded name under `firebreak.raw.` (`firebreak.raw.policyid`, `firebreak.raw.eventName`), so
 * that a Sigma rule written for the vendor's own names finds it, and no name from evidence ever stands at the top level.
 */
export type Fields = Record<string, FieldValue>;

/** Where a record stands in its evidence item: bytes of the stored (decompressed) stream, half-open. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** What a parser makes of one record. */
export interface EventDraft {
  /** Stable format name, `event.dataset`: "windows/evtx", "network/fortigate", "linux/sshd". */
  dataset: string;
  /** Absent when the record carries no usable time: the event is undated, never re-dated. */
  time?: EventTime;
  fields: Fields;
}

/** A draft with its place in the evidence. */
export interface ParsedEvent extends EventDraft, ByteRange {
  /** 1-based line of the first byte, for text formats. */
  line?: number;
  /** 0-based position when one record holds several events (a JSON array on one line). */
  sub?: number;
}

/** Stable reference to an event: "<first 12 hex of the evidence SHA-256>:<byte offset>[.<sub>]". */
export type EventRef = string;

export function eventRef(evidenceId: string, event: { offset: number; sub?: number | undefined }): EventRef {
  return event.sub === undefined
    ? `${evidenceId}:${event.offset}`
    : `${evidenceId}:${event.offset}.${event.sub}`;
}

export function parseEventRef(
  ref: EventRef,
): { evidenceId: string; offset: number; sub?: number } | undefined {
  const match = /^([0-9a-f]{12}):(\d{1,16})(?:\.(\d{1,9}))?$/.exec(ref);
  if (!match) return undefined;
  const base = { evidenceId: match[1]!, offset: Number(match[2]) };
  return match[3] === undefined ? base : { ...base, sub: Number(match[3]) };
}
