import { isJsonObject, type JsonObject } from "../../json/parse.ts";
import { integerOf } from "../../text/numbers.ts";
import { windowsInteger } from "../text.ts";
import type { JsonEvent } from "./json-event.ts";
import { child, dataPairs, firstText, scalarText } from "./json-values.ts";
import { payloadData } from "./payload.ts";
import { levelWord } from "./words.ts";

/** Keys of the collectors (NXLog, OTRF, PowerShell, EvtxECmd, Sentinel) that are not event data. */
const systemKeys: ReadonlySet<string> = new Set([
  "EventID",
  "EventId",
  "event_id",
  "Id",
  "Channel",
  "LogName",
  "Log",
  "ContainerLog",
  "SourceName",
  "Source",
  "ProviderName",
  "Provider",
  "EventSourceName",
  "ProviderGuid",
  "ProviderId",
  "Hostname",
  "Computer",
  "ComputerName",
  "MachineName",
  "host",
  "Level",
  "LevelDisplayName",
  "Severity",
  "SeverityValue",
  "Keywords",
  "KeywordsDisplayNames",
  "Task",
  "TaskDisplayName",
  "Category",
  "CategoryNumber",
  "Opcode",
  "OpcodeDisplayName",
  "OpcodeValue",
  "RecordNumber",
  "RecordId",
  "EventRecordID",
  "EventRecordId",
  "Index",
  "Version",
  "ExecutionProcessID",
  "ExecutionThreadID",
  "ThreadID",
  "ThreadId",
  "ActivityID",
  "ActivityId",
  "RelatedActivityID",
  "RelatedActivityId",
  "UserID",
  "UserId",
  "AccountType",
  "TimeCreated",
  "EventTime",
  "EventReceivedTime",
  "TimeGenerated",
  "TimeWritten",
  "@timestamp",
  "@version",
  "SystemTime",
  "Message",
  "port",
  "tags",
  "SourceModuleName",
  "SourceModuleType",
  "EventTypeOrignal",
  "MatchedQueryIds",
  "Bookmark",
  "Properties",
  "Qualifiers",
  "ProcessIdSystem",
  "EntryType",
  "InstanceId",
  "ReplacementStrings",
  "Data",
  "UserName",
  "Site",
  "Container",
  "Payload",
  "PayloadData1",
  "PayloadData2",
  "PayloadData3",
  "PayloadData4",
  "PayloadData5",
  "PayloadData6",
  "MapDescription",
  "ChunkNumber",
  "HiddenRecord",
  "SourceFile",
  "ExtraDataOffset",
  "ExecutableInfo",
  "RemoteHost",
  "PSComputerName",
  "RunspaceId",
  "PSShowComputerName",
  "ERROR_EVT_UNRESOLVED",
  "EventData",
  "UserData",
  "Domain",
  "AccountName",
  "EventType",
  "ProcessID",
  "TenantId",
  "SourceSystem",
  "ManagementGroupName",
  "_ResourceId",
  "EventOriginId",
  "MG",
  "source_name",
  "log_name",
  "computer_name",
  "record_number",
  "event_data",
  "type",
  "level",
]);
const severityWords =
  /^(?:INFO|INFORMATION|WARNING|ERROR|CRITICAL|VERBOSE|DEBUG|AUDIT_SUCCESS|AUDIT_FAILURE)$/;

/** Events whose data stand beside the System values in one flat object. */
export function flatEvent(object: JsonObject): JsonEvent | undefined {
  const eventId = windowsInteger(
    firstText(object, "EventID", "EventId", "event_id", "Id", "EventCode") ?? "",
    0xffff_ffff,
  );
  if (eventId === undefined) return undefined;
  const isNxlog = Object.hasOwn(object, "SourceModuleType") || Object.hasOwn(object, "ExecutionProcessID");
  const eventType = firstText(object, "EventType");
  const isSeverity = eventType !== undefined && severityWords.test(eventType);
  const level = firstText(object, "LevelDisplayName", "Level", "level", "Severity", "EntryType");
  const isPowershell = Object.hasOwn(object, "ProviderName") && Object.hasOwn(object, "Id");
  const isEvtxEcmd = Object.hasOwn(object, "ChunkNumber");
  return {
    event: {
      system: {
        eventId: eventId & 0xffff,
        provider: firstText(
          object,
          "SourceName",
          "ProviderName",
          "Provider",
          "EventSourceName",
          "source_name",
          "Source",
        ),
        providerGuid:
          firstText(object, "ProviderGuid") ?? (isPowershell ? firstText(object, "ProviderId") : undefined),
        channel: firstText(object, "Channel", "LogName", "log_name", "Log"),
        computer: firstText(object, "Hostname", "Computer", "MachineName", "ComputerName", "computer_name"),
        recordId: integerOf(
          firstText(
            object,
            "EventRecordID",
            "EventRecordId",
            "RecordNumber",
            "RecordId",
            "Index",
            "record_number",
          ) ?? "",
        ),
        version: windowsInteger(firstText(object, "Version") ?? ""),
        level: level !== undefined && /^\d$/.test(level) ? Number(level) : undefined,
        levelName: level === undefined || /^\d+$/.test(level) ? undefined : levelWord(level),
        task:
          firstText(object, "TaskDisplayName", "Category") ?? windowsInteger(firstText(object, "Task") ?? ""),
        opcode: firstText(object, "OpcodeDisplayName", "Opcode"),
        keywords: keywordsOf(object) ?? (isSeverity ? eventType : undefined),
        processId: windowsInteger(
          firstText(object, "ExecutionProcessID", ...(isPowershell || isEvtxEcmd ? ["ProcessId"] : [])) ?? "",
        ),
        threadId: windowsInteger(firstText(object, "ExecutionThreadID", "ThreadID", "ThreadId") ?? ""),
        userSid: sidOf(object),
        activityId: firstText(object, "ActivityID", "ActivityId"),
      },
      message: firstText(object, "Message"),
      data: flatData(object, isNxlog, isSeverity, isPowershell),
      unnamed: unnamedOf(object),
      user: isNxlog ? accountOf(object) : firstText(object, "UserName"),
    },
    ...times(object),
  };
}

function flatData(
  object: JsonObject,
  isNxlog: boolean,
  isSeverity: boolean,
  isPowershell: boolean,
): [string, string][] {
  const payload = firstText(object, "Payload");
  const isEvtxEcmd = Object.hasOwn(object, "MapDescription") || Object.hasOwn(object, "ChunkNumber");
  const fromPayload = isEvtxEcmd && payload !== undefined ? payloadData(payload) : undefined;
  if (fromPayload !== undefined) return fromPayload.data.map(([name, text]) => [name, text]);
  const pairs = dataPairs(object, systemKeys);
  for (const inner of ["EventData", "UserData", "event_data"]) pairs.push(...dataPairs(child(object, inner)));
  // A few names are the collector's in one product and the event's own in another.
  const own = (name: string, isOwn: boolean) => {
    const text = isOwn ? scalarText(object[name]) : undefined;
    if (text !== undefined) pairs.push([name, text]);
  };
  own("AccountName", !isNxlog);
  own("Domain", !isNxlog);
  own("EventType", !isSeverity);
  own("ProcessID", true);
  own("ProviderName", Object.hasOwn(object, "SourceName") && object.SourceName !== object.ProviderName);
  own("Payload", !isEvtxEcmd);
  return isPowershell
    ? pairs.filter(([name]) => !/^(?:ProcessId|Bookmark|Properties)(?:\.|$)/.test(name))
    : pairs;
}

/** Get-WinEvent's Properties and Get-EventLog's ReplacementStrings are the data without their names. */
function unnamedOf(object: JsonObject): string[] | undefined {
  const list = object.ReplacementStrings ?? object.Data;
  if (Array.isArray(list)) {
    const texts = list
      .slice(0, 500)
      .map(scalarText)
      .filter((text) => text !== undefined);
    // A list of numbers is the record's binary part.
    if (texts.length > 0 && list.some((item) => typeof item === "string")) return texts;
  }
  return typeof list === "string" && list !== "" ? [list] : undefined;
}

function keywordsOf(object: JsonObject): string | undefined {
  const names = object.KeywordsDisplayNames;
  if (Array.isArray(names) && names.length > 0) return names.map((name) => scalarText(name) ?? "").join(",");
  return firstText(object, "Keywords");
}

function sidOf(object: JsonObject): string | undefined {
  const value = object.UserID ?? object.UserId;
  const text = isJsonObject(value) ? firstText(value, "Value") : scalarText(value);
  return text?.startsWith("S-1-") ? text : undefined;
}

function accountOf(object: JsonObject): string | undefined {
  const name = firstText(object, "AccountName");
  const domain = firstText(object, "Domain");
  return name === undefined ? undefined : domain === undefined ? name : `${domain}\\${name}`;
}

function times(object: JsonObject): Pick<JsonEvent, "time" | "utcTime" | "arrival"> {
  const created = object.TimeCreated;
  const time =
    firstText(object, "EventTime", "TimeCreated", "TimeGenerated", "SystemTime") ??
    (isJsonObject(created) ? firstText(created, "value", "DateTime", "SystemTime") : undefined) ??
    firstText(object, "@timestamp", "timestamp");
  return {
    time,
    utcTime: firstText(object, "UtcTime"),
    arrival: { local: firstText(object, "EventReceivedTime"), utc: firstText(object, "@timestamp") },
  };
}
