import type { LineFormat, ZoneHint } from "@firebreak/model/format";
import { parseJsonObject } from "../../json/parse.ts";
import { hasZone, jsonDraft, jsonEvent, zoneInRecord } from "../../windows/export/json-event.ts";

const dataset = "windows/event-json";
const idKey = /"(?:EventID|EventId|event_id|winlog\.event_id)"\s{0,4}:/;
const companions =
  /"(?:Channel|SourceName|ProviderName|ProviderGuid|Provider|EventSourceName|winlog|winlog\.channel|LogName|TimeCreated|MachineName)"\s{0,4}:/;

/** True for a line that holds one Windows event as JSON. */
export function looksLikeWindowsJson(line: string): boolean {
  const first = line.charCodeAt(0);
  if (first !== 123 && first > 32) return false;
  if (idKey.test(line)) return companions.test(line);
  return /"Id"\s{0,4}:\s{0,4}\d/.test(line) && /"(?:ProviderName|LogName)"\s{0,4}:/.test(line);
}

/**
 * Windows events as JSON lines: Winlogbeat, NXLog, OTRF data sets, EvtxECmd, evtx_dump, PowerShell's ConvertTo-Json
 * -Compress. A local time gets the zone that its own record, or an earlier one, proves.
 */
export const format = {
  kind: "line",
  name: "windows/event-json-line",
  title: "Windows events as JSON, one per line",
  version: 1,
  notes:
    "An object with EventID and a channel or provider, `winlog`, or `Event.System`. NXLog's EventTime is local: its zone is inferred from the collector's two clocks or Sysmon's UtcTime.",
  sniff: (line) => (looksLikeWindowsJson(line) ? 0.97 : 0),
  open: (context) => {
    let proven: ZoneHint | undefined;
    return {
      parse: (record) => {
        if (!looksLikeWindowsJson(record)) return undefined;
        const object = parseJsonObject(record.trim().replace(/,$/, ""));
        if (object === undefined) return { reject: "broken JSON" };
        const json = jsonEvent(object);
        if (json === undefined) return undefined;
        if (!hasZone(json)) proven = zoneInRecord(json) ?? proven;
        return jsonDraft(json, context, dataset, undefined, proven);
      },
    };
  },
} satisfies LineFormat;
