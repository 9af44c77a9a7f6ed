import type { EvtxRecord, EvtxValue } from "@firebreak/evtx";
import type { EventDraft, Fields, Scalar } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { integerOf } from "../text/numbers.ts";
import { dataKey, maxData } from "./data.ts";
import { normalise, systemFields, type WindowsSystem } from "./record.ts";
import { utcInstant } from "./utc-time.ts";

/** One binary record as an event; undefined when it does not even tell its event id. Data are text, as Winlogbeat's are. */
export function evtxDraft(
  record: EvtxRecord,
  context: ParseContext,
  dataset: string,
): EventDraft | undefined {
  const system: WindowsSystem = emptySystem();
  let created: string | undefined;
  record.forEachSystem((name, value) => {
    if (name === "TimeCreated_SystemTime") created = textOf(value);
    else readSystem(system, name, value);
  });
  if (system.eventId < 0) return undefined;
  const ownId = system.recordId;
  // A forwarded event keeps the id of the log it came from; the collector's own stands in the record's header.
  system.recordId ??= idOf(record.id);
  const fields = systemFields(system);
  if (ownId !== undefined && ownId !== idOf(record.id))
    fields["firebreak.raw.RecordNumber"] = idOf(record.id);
  putAllData(record, fields);
  if (record.recovered) fields["firebreak.recovered"] = true;
  normalise(fields, system);
  const time = created === undefined ? writtenTime(record, context) : utcInstant(context.time, created);
  return time === undefined ? { dataset, fields } : { dataset, time, fields };
}

/** All keys at once, in one order: records then share one shape. */
function emptySystem(): WindowsSystem {
  return {
    eventId: -1,
    provider: undefined,
    providerGuid: undefined,
    channel: undefined,
    computer: undefined,
    recordId: undefined,
    version: undefined,
    level: undefined,
    task: undefined,
    opcode: undefined,
    keywords: undefined,
    processId: undefined,
    threadId: undefined,
    userSid: undefined,
    activityId: undefined,
    relatedActivityId: undefined,
  };
}

function readSystem(system: WindowsSystem, name: string, value: EvtxValue): void {
  switch (name) {
    case "Provider_Name":
      system.provider = textOf(value);
      break;
    case "Provider_Guid":
      system.providerGuid = textOf(value);
      break;
    case "EventID":
      system.eventId = numberOf(value) ?? -1;
      break;
    case "EventRecordID":
      system.recordId = typeof value === "string" ? integerOf(value) : numberOf(value);
      break;
    case "Version":
      system.version = numberOf(value);
      break;
    case "Level":
      system.level = numberOf(value);
      break;
    case "Task":
      system.task = numberOf(value);
      break;
    case "Opcode":
      system.opcode = numberOf(value);
      break;
    case "Keywords":
      system.keywords = textOf(value);
      break;
    case "Execution_ProcessID":
      system.processId = numberOf(value);
      break;
    case "Execution_ThreadID":
      system.threadId = numberOf(value);
      break;
    case "Channel":
      system.channel = textOf(value);
      break;
    case "Computer":
      system.computer = textOf(value);
      break;
    case "Security_UserID":
      system.userSid = textOf(value);
      break;
    case "Correlation_ActivityID":
      system.activityId = textOf(value);
      break;
    case "Correlation_RelatedActivityID":
      system.relatedActivityId = textOf(value);
      break;
  }
}

function putAllData(record: EvtxRecord, fields: Fields): void {
  let count = 0;
  record.forEachData((name, value, section) => {
    if (value === null) return;
    if (count++ >= maxData) {
      fields["firebreak.truncated"] = true;
      return;
    }
    if (section === "RenderingInfo") {
      // Forwarded events carry their message in the words of the machine that wrote them.
      if (name === "Message" && typeof value === "string") fields.message = value;
      return;
    }
    const key = dataKey(section === "UserData" ? "winlog.user_data." : "winlog.event_data.", name);
    fields[key] = Array.isArray(value) ? value.map(dataText) : dataText(value);
  });
}

function dataText(value: Scalar | null): string {
  return typeof value === "string" ? value : value === null ? "" : String(value);
}

function textOf(value: EvtxValue): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return value === null || typeof value === "object" ? undefined : String(value);
}

/** Forwarded logs hold numbers as text. */
function numberOf(value: EvtxValue): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}

function idOf(id: number | bigint): number | string {
  return typeof id === "bigint" ? String(id) : id;
}

/** Without TimeCreated the record's header still tells when the service wrote it. */
function writtenTime(record: EvtxRecord, context: ParseContext) {
  const { ms, ns } = record.writtenInstant;
  return context.time.instant(ms, ns, `FILETIME ${record.writtenAt}`);
}
