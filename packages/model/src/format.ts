import type { ByteRange, EventDraft, ParsedEvent } from "./event.ts";
import type { CivilTime, EventTime, ZoneSource } from "./time.ts";

/** The first bytes of an evidence item, decoded once, for recognition. */
export interface Head {
  /** Up to 64 KiB. */
  readonly bytes: Uint8Array;
  /** The bytes as text in the detected encoding ("" for binary). */
  readonly text: string;
  /** Non-empty lines of `text`, at most 200, the last (cut) one left out unless it is the only one. */
  readonly lines: readonly string[];
  /** Base name; a hint only, never proof. */
  readonly fileName: string;
}

/** A zone that a format knows for its times when the record has none. */
export interface ZoneHint {
  readonly zone: string;
  readonly source: ZoneSource;
}

/** Turns recorded times into instants with provenance. One per evidence item: it knows the case's settings. */
export interface TimeReader {
  /** An instant that needs no interpretation (epoch, FILETIME). `nanos` is below the millisecond. */
  instant(ms: number, nanos: number, original: string): EventTime;
  /**
   * ISO 8601 / RFC 3339 and its usual variants ("2023-09-20 10:32:17,123", with "Z", "+0200" or nothing).
   * Without a zone in the text the hint, then the case setting, then UTC (assumed) is used.
   */
  iso(text: string, hint?: ZoneHint): EventTime | undefined;
  /** A wall-clock time. `zone` in the record: pass `{ zone, source: "in-record" }`. */
  local(civil: CivilTime, original: string, hint?: ZoneHint): EventTime | undefined;
  /**
   * A wall-clock time without a year (RFC 3164): the year comes from the reference. A weekday (0 Sunday to 6) that the
   * record states narrows it to the years in which the date falls on that day.
   */
  yearless(
    civil: Omit<CivilTime, "year">,
    original: string,
    hint?: ZoneHint,
    weekday?: number,
  ): EventTime | undefined;
}

export interface ParseContext {
  readonly fileName: string;
  readonly time: TimeReader;
}

/** A line that is understood but is no event: a header, a comment, a blank line. Named, so that every byte is accounted for. */
export interface Skip {
  readonly skip: string;
}

/** A line that is this format's but broken. */
export interface Reject {
  readonly reject: string;
}

export type LineResult = EventDraft | readonly EventDraft[] | Skip | Reject | undefined;

export interface LineParser {
  /** One logical record (one line, or several when `continues` joined them, "\n" between). undefined: not this format. */
  parse(record: string): LineResult;
  /** True when `line` belongs to the record that begins with `pending` (stack trace, open quote). */
  continues?(pending: string, line: string): boolean;
}

interface FormatBase {
  /** Stable path-like name; also `event.dataset` unless the parser says finer. "network/fortigate" */
  readonly name: string;
  readonly title: string;
  readonly version: number;
  /** One line for docs/formats.md: how it is recognised, what to know about its time. */
  readonly notes: string;
}

/** Text, a record per line (or joined lines). */
export interface LineFormat extends FormatBase {
  readonly kind: "line";
  /** Vote 0 (no) to 1 (certain) that this line is in the format. Cheap: it runs on every line of unrecognised text. */
  sniff(line: string, head: Head): number;
  open(context: ParseContext): LineParser;
}

/** Synchronous random access to the bytes of an evidence item. */
export interface ByteSource {
  readonly size: number;
  /** Up to `length` bytes from `offset`; shorter only at the end. */
  read(offset: number, length: number): Uint8Array;
}

export interface EventSink {
  event(event: ParsedEvent): void;
  /** Bytes that should have been a record and are not. */
  reject(range: ByteRange & { line?: number }, reason: string): void;
  /** Bytes that are no record by design: headers, padding, free space. */
  skip(range: ByteRange, reason: string): void;
  /** Something the receipt must say: dirty flag, bad checksum, guessed order of day and month. */
  note(text: string): void;
}

/** A whole-file format: binary, XML, a JSON array. It must account for every byte by event, reject or skip. */
export interface DocumentFormat extends FormatBase {
  readonly kind: "document";
  /** Vote 0 to 1 from the head. */
  sniff(head: Head): number;
  parse(source: ByteSource, context: ParseContext, sink: EventSink): void;
}

export type LogFormat = LineFormat | DocumentFormat;
