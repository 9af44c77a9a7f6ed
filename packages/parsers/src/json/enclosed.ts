import { isJsonObject, type JsonObject, parseJsonObject } from "./parse.ts";
import { isEnvelopeKey } from "./wrapper.ts";

/** Takes an event out of the envelope that a search tool's export puts around it. */
export function unwrap(record: JsonObject): JsonObject {
  const source = record._source;
  if (isJsonObject(source)) return source;
  const result = record.result;
  if (isJsonObject(result) && record.preview !== undefined) {
    const raw = result._raw;
    return typeof raw === "string" && raw.startsWith("{") ? (parseJsonObject(raw) ?? result) : result;
  }
  const inner = record.CloudTrailEvent;
  if (typeof inner === "string" && inner.startsWith("{")) return parseJsonObject(inner) ?? record;
  return record;
}

/** Keys under which collectors put the record itself as an object: Elastic Agent, Splunk HEC, Logstash, Event Grid, EventBridge. */
const enclosing = [
  "json",
  "event",
  "message",
  "detail",
  "data",
  "body",
  "record",
  "payload",
  "log",
  "raw",
  "original",
];

/** What may stand beside it: when and whence it came. */
const besideKey =
  /^(?:@timestamp|@version|@metadata|_\w+|agent|ecs|input|time|timestamp|date|host|hostname|source|sourcetype|index|fields|tags?|type|id|version|account|region|resources|detail-type|topic|subject|eventType|eventTime|dataVersion|metadataVersion|specversion|datacontenttype|data_stream|offset|ingest\w*|received\w*|partition|key)$/;

/** The record inside a collector's object and the key that holds it; undefined when the object is a record itself. */
export function enclosedRecord(object: JsonObject): { key: string; record: JsonObject } | undefined {
  for (const key of enclosing) {
    const record = object[key];
    if (!isJsonObject(record)) continue;
    for (const other in object) {
      if (other !== key && !besideKey.test(other) && !isEnvelopeKey(other)) return undefined;
    }
    return { key, record };
  }
  return undefined;
}
