import { type EvtxFile, type EvtxRange, type EvtxRecord, openEvtx } from "@firebreak/evtx";
import type { ByteSource, DocumentFormat, EventSink, Head, ParseContext } from "@firebreak/model/format";
import { evtxDraft } from "../../windows/evtx-record.ts";

const name = "windows/evtx";

/**
 * Windows event log, binary. Chunks are decoded one at a time; what lies between records is accounted for by kind.
 * Old records in unused space are not part of the log: they are counted in a note, and read only by `evtxFormat(true)`.
 */
export const format = evtxFormat(false);

/** The format with or without events (`firebreak.recovered`) out of unused space. */
export function evtxFormat(isRecovering: boolean) {
  return {
    kind: "document",
    name,
    title: "Windows event log (EVTX)",
    version: 1,
    notes:
      "Begins with `ElfFile`, or with `ElfChnk` when cut; times are FILETIME in UTC. Old records in unused space are counted, not read.",
    sniff,
    parse: (source, context, sink) => readLog(source, context, sink, isRecovering),
  } satisfies DocumentFormat;
}

function readLog(source: ByteSource, context: ParseContext, sink: EventSink, isRecovering: boolean): void {
  const file = openEvtx(source, { recover: true });
  const live = new IdRanges();
  let oldCount = 0;
  const visit = (record: EvtxRecord): void => {
    const { offset, length } = record;
    if (!record.recovered) live.add(record.id);
    else if (live.has(record.id)) {
      sink.skip({ offset, length }, "older copy of a record that is in the log");
      return;
    } else {
      oldCount++;
      if (!isRecovering) {
        sink.skip({ offset, length }, "old record in unused space");
        return;
      }
    }
    const draft = evtxDraft(record, context, name);
    if (draft === undefined && record.recovered)
      sink.skip({ offset, length }, "old record in unused space, its template is gone");
    else if (draft === undefined) sink.reject({ offset, length }, "record without a readable event id");
    else if (draft.time === undefined)
      sink.event({ dataset: draft.dataset, fields: draft.fields, offset, length });
    else sink.event({ dataset: draft.dataset, time: draft.time, fields: draft.fields, offset, length });
  };
  file.forEachRecord(visit, { onRange: (range) => reportRange(range, sink) });
  for (const note of notesOf(file)) sink.note(note);
  if (oldCount > 0)
    sink.note(
      `${oldCount} old records in unused space${isRecovering ? ", read as recovered" : " are not part of the log"}`,
    );
}

function sniff(head: Head): number {
  const text = Buffer.from(head.bytes.buffer, head.bytes.byteOffset, Math.min(8, head.bytes.length)).toString(
    "latin1",
  );
  return text === "ElfFile\0" || text === "ElfChnk\0" ? 1 : 0;
}

const rangeNames = {
  "file-header": "file header",
  "chunk-header": "chunk header",
  "free-space": "free space",
  slack: "unused space",
} as const;

function reportRange(range: EvtxRange, sink: EventSink): void {
  const place = { offset: range.offset, length: range.length };
  if (range.kind === "rejected") sink.reject(place, range.reason ?? "no record");
  else if (range.kind !== "record" && range.kind !== "recovered-record")
    sink.skip(place, rangeNames[range.kind]);
}

function notesOf(file: EvtxFile): string[] {
  const notes: string[] = [];
  for (const [code, count] of file.diagnosticCounts) {
    const first = file.diagnostics.find((one) => one.code === code);
    if (first === undefined) continue;
    notes.push(`${code}: ${first.message} (byte ${first.offset}${count > 1 ? `, ${count} times` : ""})`);
  }
  return notes;
}

const maxRanges = 100_000;

/** Record ids met so far, as ranges: a log's ids run on, so a whole file is a few ranges. */
class IdRanges {
  readonly #ranges: { first: number; last: number }[] = [];

  add(id: number | bigint): void {
    const value = Number(id);
    const last = this.#ranges.at(-1);
    if (last !== undefined && value === last.last + 1) last.last = value;
    else if (this.#ranges.length < maxRanges) this.#ranges.push({ first: value, last: value });
  }

  has(id: number | bigint): boolean {
    const value = Number(id);
    return this.#ranges.some((range) => value >= range.first && value <= range.last);
  }
}
