import type { ByteRange, ParsedEvent } from "@firebreak/model/event";
import type { ByteSource, EventSink, LogFormat } from "@firebreak/model/format";
import { type ReadResult, readEvidence } from "../read.ts";
import type { TimeSettings } from "../time/reader.ts";

export interface Collected extends ReadResult {
  events: ParsedEvent[];
  rejects: (ByteRange & { line?: number; reason: string })[];
  skips: (ByteRange & { reason: string })[];
  notes: string[];
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** Reads text or bytes with the given formats and keeps all that the sink is told: for tests of formats. */
export function collect(
  input: string | Uint8Array,
  formats: readonly LogFormat[],
  options: { fileName?: string; time?: TimeSettings } = {},
): Collected {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const out: Omit<Collected, keyof ReadResult> = { events: [], rejects: [], skips: [], notes: [] };
  const sink: EventSink = {
    event: (event) => void out.events.push(event),
    reject: (range, reason) => void out.rejects.push({ ...range, reason }),
    skip: (range, reason) => void out.skips.push({ ...range, reason }),
    note: (text) => void out.notes.push(text),
  };
  const time = options.time ?? {
    reference: { ms: Date.UTC(2024, 5, 30), source: "reference-date" as const },
  };
  const result = readEvidence(
    bytesSource(bytes),
    { fileName: options.fileName ?? "input.log", time, formats },
    sink,
  );
  return { ...result, ...out };
}

/** Bytes that no event, reject or skip accounts for (0 for a correct parser). Sub-events share their record's bytes. */
export function unaccountedBytes(collected: Collected, size: number): number {
  const ranges = [...collected.events, ...collected.rejects, ...collected.skips]
    .map(({ offset, length }) => ({ offset, end: offset + length }))
    .sort((a, b) => a.offset - b.offset || a.end - b.end);
  let covered = 0;
  let at = 0;
  for (const range of ranges) {
    const from = Math.max(at, range.offset);
    if (range.end > from) {
      covered += range.end - from;
      at = range.end;
    }
  }
  return size - covered;
}

/** Bytes that are told more than once (0 for a correct parser). Further members of a record (`sub` > 0) share its bytes. */
export function overlappingBytes(collected: Collected): number {
  const owners = collected.events.filter(({ sub }) => !sub);
  const ranges = [...owners, ...collected.rejects, ...collected.skips]
    .map(({ offset, length }) => ({ offset, end: offset + length }))
    .sort((a, b) => a.offset - b.offset || a.end - b.end);
  let twice = 0;
  let at = 0;
  for (const { offset, end } of ranges) {
    twice += Math.max(0, Math.min(at, end) - offset);
    at = Math.max(at, end);
  }
  return twice;
}
