import type { ByteSource, DocumentFormat, Head } from "@firebreak/model/format";
import { isJsonObject, parseJson, parseJsonObject } from "../../json/parse.ts";
import { JsonRecordReader } from "../../json/record.ts";
import { scanElements } from "../../json/scan.ts";
import { type DetectedEncoding, detectEncoding } from "../../text/encoding.ts";
import { hasZone, jsonDraft, jsonEvent, zoneInRecord } from "../../windows/export/json-event.ts";
import { TimeEvidence, type TimeReading } from "../../windows/export/time-evidence.ts";
import { looksLikeWindowsJson } from "./event-json-line.ts";

const name = "windows/event-json";
const generic = "generic/json-document";
const evidenceRecords = 20_000;

/**
 * Windows events in a JSON document: an array (PowerShell's ConvertTo-Json, Kibana exports), pretty-printed objects, and
 * JSON lines whose times have no zone: those are looked through as a whole before the first event is given out.
 */
export const format = {
  kind: "document",
  name,
  title: "Windows events as JSON document, or JSON lines in local time",
  version: 1,
  notes:
    "As windows/event-json-line, but an array, an envelope, or lines without a zone. `/Date(ms)/` is UTC; the zone of local times is inferred from Sysmon's UtcTime anywhere in the file.",
  sniff,
  parse: (source, context, sink) => {
    const detected = detectEncoding(source.read(0, 64 << 10));
    const reading = readEvidence(source, detected);
    const reader = new JsonRecordReader(context, generic);
    if (reading.zones.length > 0)
      sink.note(`zone ${reading.zones.join(", ")} proven by UTC times inside the records`);
    scanElements(source, detected, {
      element: (text, offset, length, line) => {
        const object = parseJson(text);
        if (!isJsonObject(object)) {
          sink.reject({ offset, length, line }, "broken JSON");
          return;
        }
        const json = jsonEvent(object);
        if (json === undefined) {
          // Around the event a collector's object may stand; another product's record is read as what it is.
          const drafts = [reader.read(object)].flat();
          if (drafts.every(({ dataset }) => dataset === generic))
            sink.reject({ offset, length, line }, "no Windows event");
          else
            for (const [sub, draft] of drafts.entries())
              sink.event({ ...draft, offset, length, line, ...(sub > 0 && { sub }) });
        } else {
          const draft = jsonDraft(
            json,
            context,
            name,
            reading,
            hasZone(json) ? undefined : zoneInRecord(json),
          );
          sink.event({ ...draft, offset, length, line });
        }
      },
      between: (offset, length) => sink.skip({ offset, length }, "JSON punctuation and envelope"),
      broken: (offset, length, line, reason) => sink.reject({ offset, length, line }, reason),
    });
  },
} satisfies DocumentFormat;

function sniff(head: Head): number {
  const start = head.text.slice(0, 256).trimStart();
  if (start.startsWith("[")) return isPretty(head.text) ? 0.97 : 0;
  if (!start.startsWith("{")) return 0;
  const first = head.lines[0]!;
  const object = looksLikeWindowsJson(first) ? parseJsonObject(first.trim()) : undefined;
  if (object === undefined) return parseJson(first) === undefined && isPretty(head.text) ? 0.97 : 0;
  if (!head.lines.every(looksLikeWindowsJson)) return 0;
  const json = jsonEvent(object);
  return json !== undefined && !hasZone(json) && zoneInRecord(json) === undefined ? 0.97 : 0;
}

/** The first object of the text, over several lines. */
function isPretty(text: string): boolean {
  const begin = text.indexOf("{");
  return (
    looksLikeWindowsJson(text.slice(begin, begin + 16_384)) ||
    /"System"\s{0,4}:\s{0,8}\{[\s\S]{0,400}"(?:Provider|EventID)"/.test(text.slice(begin, begin + 4096))
  );
}

function readEvidence(source: ByteSource, detected: DetectedEncoding): TimeReading {
  const evidence = new TimeEvidence();
  let count = 0;
  scanElements(source, detected, {
    element: (text) => {
      if (count++ > evidenceRecords) return;
      const object = parseJson(text);
      const json = isJsonObject(object) ? jsonEvent(object) : undefined;
      if (json?.time === undefined || hasZone(json)) return;
      evidence.add(json.time, json.utcTime === undefined ? json.event.message : `UtcTime: ${json.utcTime}`);
    },
    between: () => {},
    broken: () => {},
  });
  return evidence.settle(true);
}
