import { type EvtxRecord, openEvtx } from "@firebreak/evtx";
import type { EventDraft, ParsedEvent } from "@firebreak/model/event";
import { createTimeReader, type TimeSettings } from "@firebreak/parsers/time/reader";
import { evtxDraft } from "@firebreak/parsers/windows/evtx-record";
import { utcInstant } from "@firebreak/parsers/windows/utc-time";
import { openSource } from "../evidence/source.ts";
import type { Instant } from "../hunt/detection.ts";
import type { HuntFile } from "../hunt/files.ts";
import { eventIdOf, textOf } from "../hunt/record-keys.ts";
import { readItem } from "../ingest/item.ts";

/** What every record of any log tells without being converted. */
export interface RecordFacts {
  /** Channel of a Windows event, else the name of the log's format. */
  readonly log: string;
  /** Event id or code; "" when the record has none. */
  readonly code: string;
  readonly provider: string;
  readonly computer: string;
  readonly time: Instant | undefined;
  /** The record in ECS, converted when it is asked for. */
  event(): Pick<EventDraft, "dataset" | "fields">;
}

export interface ReadResult {
  records: number;
  notes: string[];
}

/** Calls `visit` for every record of a file, of an event log without converting it. */
export function readFacts(
  file: HuntFile,
  time: TimeSettings,
  visit: (facts: RecordFacts) => void,
): ReadResult {
  return file.isEvtx ? readEvtx(file, time, visit) : readOther(file, time, visit);
}

function readEvtx(file: HuntFile, time: TimeSettings, visit: (facts: RecordFacts) => void): ReadResult {
  const context = { fileName: file.path, time: createTimeReader(time) };
  const result: ReadResult = { records: 0, notes: [] };
  const source = openSource(file.file);
  try {
    const log = openEvtx(source, { checksums: false });
    log.forEachRecord((record: EvtxRecord) => {
      const eventId = eventIdOf(record);
      if (eventId === undefined) return;
      result.records++;
      const created = textOf(record.get("System.TimeCreated_SystemTime"));
      const provider = textOf(record.get("System.Provider_Name")) ?? "";
      let draft: EventDraft | undefined;
      visit({
        log: textOf(record.get("System.Channel")) ?? "windows/evtx",
        code: String(eventId),
        provider,
        computer: textOf(record.get("System.Computer")) ?? "",
        time: created === undefined ? record.writtenInstant : utcInstant(context.time, created),
        event: () => (draft ??= evtxDraft(record, context, "windows/evtx") ?? noEvent),
      });
    });
    for (const [code, count] of log.diagnosticCounts) result.notes.push(`${code}: ${count}`);
  } catch (error) {
    result.notes.push(`reading stopped: ${(error as Error).message}`);
  } finally {
    source.close();
  }
  return result;
}

const noEvent: EventDraft = { dataset: "windows/evtx", fields: {} };

function readOther(file: HuntFile, time: TimeSettings, visit: (facts: RecordFacts) => void): ReadResult {
  const { path, bytes, file: place } = file;
  const receipt = readItem(
    { id: "", sha256: "", path, bytes, file: place, notes: [] },
    { time },
    { event: (event) => visit(factsOf(event)) },
  );
  return { records: receipt.records, notes: receipt.notes };
}

function factsOf(event: ParsedEvent): RecordFacts {
  const { fields, dataset } = event;
  const text = (...names: string[]) => {
    const found = names.map((name) => fields[name]).find((value) => value !== undefined);
    return found === undefined ? "" : String(found);
  };
  return {
    log: text("winlog.channel") || dataset,
    code: text("winlog.event_id", "event.code"),
    provider: text("winlog.provider_name"),
    computer: text("winlog.computer_name", "host.name", "observer.name"),
    time: event.time,
    event: () => event,
  };
}
