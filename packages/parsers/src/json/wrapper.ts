import { isJsonObject, type JsonObject } from "./parse.ts";

/** Keys under which exports hold their records: CloudTrail, Azure, Microsoft Graph, Elasticsearch, Kubernetes lists … */
const recordKeys = new Set([
  "Records",
  "records",
  "value",
  "Events",
  "events",
  "hits",
  "logs",
  "Logs",
  "logEvents",
  "entries",
  "items",
  "data",
  "results",
  "rows",
  "messages",
  "Findings",
  "findings",
  "alerts",
]);

/** Keys that may stand before the records without making the object an event of its own. */
const envelopeKey =
  /^(?:@odata\.[\w.]+|kind|etag|apiVersion|metadata|took|timed_out|_shards|total|max_score|count|size|chunk_?size|page_?(?:size|number|token)|total_?(?:count|records|results|pages)|has_?more|cursor|limit|offset|page|next\w*|success|@type|version|schema|query|generated\w*|export\w*|messageType|owner|logGroup|logStream|subscriptionFilters|paging|meta|links|status)$/;

export function isRecordKey(key: string): boolean {
  return recordKeys.has(key);
}

export function isEnvelopeKey(key: string): boolean {
  return envelopeKey.test(key);
}

/** The records inside an export's envelope, or undefined when the object is an event itself. */
export function recordsIn(object: JsonObject): readonly JsonObject[] | undefined {
  // A JSON-RPC call (GravityZone's push service) holds its events among the parameters.
  if (object.jsonrpc !== undefined && isJsonObject(object.params)) return recordsIn(object.params);
  for (const key in object) {
    const value = object[key];
    if (isRecordKey(key)) {
      if (Array.isArray(value) && value.length > 0 && value.every(isJsonObject)) return value as JsonObject[];
      if (key === "hits" && isJsonObject(value)) return recordsIn(value);
    }
    if (!isEnvelopeKey(key)) return undefined;
  }
  return undefined;
}
