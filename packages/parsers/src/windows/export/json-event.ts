import type { EventDraft } from "@firebreak/model/event";
import type { ParseContext, ZoneHint } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import type { JsonObject } from "../../json/parse.ts";
import { draftOf, type ExportedEvent, exportedFields, exportedTime } from "./exported.ts";
import { flatEvent } from "./json-flat.ts";
import { beatEvent, treeEvent } from "./json-tree.ts";
import { child } from "./json-values.ts";
import { provenZone, type TimeReading } from "./time-evidence.ts";

/** A Windows event out of JSON, before its time is read. */
export interface JsonEvent {
  readonly event: ExportedEvent;
  readonly time?: string | undefined;
  /** The format's times are UTC even without a zone. */
  readonly isUtc?: true;
  /** Sysmon's own UTC time among the data. */
  readonly utcTime?: string | undefined;
  /** The collector's clock twice: in local time and in UTC. Proves the zone of the event's local time. */
  readonly arrival?: { readonly local: string | undefined; readonly utc: string | undefined };
}

/** The Windows event in a JSON object in any of the shapes that exports have; undefined when it is none. */
export function jsonEvent(object: JsonObject): JsonEvent | undefined {
  const source = child(object, "_source") ?? child(object, "result") ?? object;
  if ("winlog" in source || "winlog.event_id" in source) return beatEvent(source);
  if ("System" in source || "Event" in source) return treeEvent(source);
  return isFlat(source) ? flatEvent(source) : undefined;
}

/** An event id alone is anybody's: a channel, a provider or a log must stand beside it. */
function isFlat(object: JsonObject): boolean {
  const has = (...names: string[]) => names.some((name) => name in object);
  if (has("EventID", "EventId", "event_id")) {
    if (
      has("TimeCreated", "MachineName") &&
      has("Computer", "MachineName", "Hostname", "ComputerName", "Message")
    )
      return true;
    return has(
      "Channel",
      "SourceName",
      "ProviderName",
      "Provider",
      "EventSourceName",
      "ProviderGuid",
      "source_name",
      "InstanceId",
      "LogName",
    );
  }
  return "Id" in object && has("ProviderName", "LogName") && has("TimeCreated", "RecordId", "MachineName");
}

/** True when a time says which zone it is in. */
export function hasZone(json: JsonEvent): boolean {
  const time = json.time;
  if (time === undefined || json.isUtc === true) return true;
  return /(?:Z|[+-]\d{2}:?\d{2}|\))$/.test(time.trim()) || /^\d+(?:\.\d+)?$/.test(time);
}

/** The zone that the record itself proves. */
export function zoneInRecord(json: JsonEvent): ZoneHint | undefined {
  const { arrival, time, utcTime } = json;
  if (arrival?.local !== undefined && arrival.utc !== undefined) {
    const zone = provenZone(arrival.local, arrival.utc);
    if (zone !== undefined) return zone;
  }
  return time === undefined || utcTime === undefined
    ? undefined
    : provenZone(time, `${utcTime.replace(" ", "T")}Z`);
}

export function jsonDraft(
  json: JsonEvent,
  context: ParseContext,
  dataset: string,
  reading: TimeReading | undefined,
  zone: ZoneHint | undefined,
): EventDraft {
  const time = timeOf(json, context, reading, zone);
  const fields = exportedFields(json.event);
  const minutes = time === undefined ? 0 : utcDifference(json, time);
  if (minutes !== 0) fields["firebreak.utc_time_difference_minutes"] = minutes;
  return draftOf(dataset, time, fields);
}

/** A collector may write a local time with a "Z". The recorded time stands; that Sysmon says otherwise is told. */
function utcDifference(json: JsonEvent, time: EventTime): number {
  if (json.utcTime === undefined) return 0;
  const minutes = Math.round((Date.parse(`${json.utcTime.replace(" ", "T")}Z`) - time.ms) / 60_000);
  return Number.isFinite(minutes) && Math.abs(minutes) >= 15 ? minutes : 0;
}

function timeOf(
  json: JsonEvent,
  context: ParseContext,
  reading: TimeReading | undefined,
  zone: ZoneHint | undefined,
): EventTime | undefined {
  const text = json.time;
  if (text === undefined) return undefined;
  // ConvertTo-Json of Windows PowerShell: milliseconds since 1970, UTC.
  const date = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text);
  if (date !== null) return context.time.instant(Number(date[1]), 0, text);
  if (/^\d{9,11}(?:\.\d{1,9})?$/.test(text)) {
    const ms = Number(text) * 1000;
    return context.time.instant(Math.floor(ms), 0, text);
  }
  const hint: ZoneHint | undefined = json.isUtc ? { zone: "UTC", source: "format-default" } : zone;
  return exportedTime(text, context, reading, hint);
}
