import type { EvtxRecord, EvtxValue } from "@firebreak/evtx";
import type { Scalar } from "@firebreak/model/event";
import { integerOf } from "@firebreak/parsers/text/numbers";
import { imageNames } from "../detect/taxonomy.ts";

/** How a key of the event is answered by a record without converting it. */
export type RecordKey =
  | { readonly kind: "event-data"; readonly path: string; readonly name: string }
  | { readonly kind: "user-data"; readonly path: string }
  | { readonly kind: "system"; readonly read: (record: EvtxRecord) => Scalar | undefined }
  /** No Windows event has it. */
  | { readonly kind: "never" }
  /** Only the conversion to ECS tells. */
  | { readonly kind: "converted" };

/** Winlogbeat's names of the System section, as `systemFields` of the parsers writes them: a zero says nothing there. */
export const systemKeys: Readonly<Record<string, (record: EvtxRecord) => Scalar | undefined>> = {
  "winlog.channel": (record) => textOf(record.get("System.Channel")),
  "winlog.provider_name": (record) => textOf(record.get("System.Provider_Name")),
  "winlog.provider_guid": (record) => textOf(record.get("System.Provider_Guid")),
  "winlog.event_id": (record) => eventIdOf(record),
  "winlog.record_id": (record) => recordIdOf(record),
  "winlog.computer_name": (record) => textOf(record.get("System.Computer")),
  "winlog.version": (record) => numberOf(record.get("System.Version")) || undefined,
  "winlog.level": (record) => numberOf(record.get("System.Level")),
  "winlog.task": (record) => numberOf(record.get("System.Task")) || undefined,
  "winlog.opcode": (record) => numberOf(record.get("System.Opcode")) || undefined,
  "winlog.keywords": (record) => textOf(record.get("System.Keywords")),
  "winlog.process.pid": (record) => numberOf(record.get("System.Execution_ProcessID")),
  "winlog.process.thread.id": (record) => numberOf(record.get("System.Execution_ThreadID")),
  "winlog.user.identifier": (record) => textOf(record.get("System.Security_UserID")),
  "winlog.activity_id": (record) => textOf(record.get("System.Correlation_ActivityID")),
  "winlog.related_activity_id": (record) => textOf(record.get("System.Correlation_RelatedActivityID")),
};

/** Names in System of those that are a text as it is recorded, and not the same in all records of a kind. */
export const systemNames: Readonly<Record<string, string>> = {
  "winlog.provider_guid": "Provider_Guid",
  "winlog.computer_name": "Computer",
  "winlog.keywords": "Keywords",
  "winlog.user.identifier": "Security_UserID",
  "winlog.activity_id": "Correlation_ActivityID",
  "winlog.related_activity_id": "Correlation_RelatedActivityID",
};

const eventDataPrefix = "winlog.event_data.";
const userDataPrefix = "winlog.user_data.";
const known = new Map<string, RecordKey>();

export function recordKey(key: string): RecordKey {
  let found = known.get(key);
  if (found === undefined) {
    // Keys come from rules, so they are few; the bound is for a rule set made to be hostile.
    if (known.size > 100_000) known.clear();
    found = makeKey(key);
    known.set(key, found);
  }
  return found;
}

function makeKey(key: string): RecordKey {
  if (key.startsWith(eventDataPrefix)) {
    const name = key.slice(eventDataPrefix.length);
    return { kind: "event-data", path: `EventData.${name}`, name };
  }
  if (key.startsWith(userDataPrefix)) {
    return { kind: "user-data", path: `UserData.${key.slice(userDataPrefix.length)}` };
  }
  const read = Object.hasOwn(systemKeys, key) ? systemKeys[key] : undefined;
  if (read !== undefined) return { kind: "system", read };
  // Vendor fields of other formats, and plain Sigma names: every field of a Windows event but `message` has a dot.
  const isVendor = key.startsWith("firebreak.raw.") && key !== "firebreak.raw.RecordNumber";
  // Windows records have paths.
  const isImageName = Object.values(imageNames).includes(key);
  const isNever = isVendor || isImageName || (!key.includes(".") && key !== "message");
  return { kind: isNever ? "never" : "converted" };
}

/** undefined when the record does not tell a usable event id: it then is no event. */
export function eventIdOf(record: EvtxRecord): number | undefined {
  const id = numberOf(record.get("System.EventID"));
  return id !== undefined && id >= 0 ? id : undefined;
}

/** The id in the log that the event was written to; without one, that of the record itself. */
export function recordIdOf(record: EvtxRecord): number | string {
  const own = record.get("System.EventRecordID");
  const ownId = typeof own === "string" ? integerOf(own) : numberOf(own);
  if (ownId !== undefined) return ownId;
  const { id } = record;
  return typeof id === "bigint" ? String(id) : id;
}

export function textOf(value: EvtxValue | undefined): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
}

/** Forwarded logs hold numbers as text. */
function numberOf(value: EvtxValue | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}
