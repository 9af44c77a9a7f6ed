import type { JsonObject } from "../json/parse.ts";
import { type JsonProduct, textOf, timeOf } from "../json/product.ts";
import { remembering } from "../text/remember.ts";
import { isUnconnectedStream, streamByKeys } from "../zeek/stream-of.ts";
import { readZeekRecord } from "../zeek/streams.ts";

export const zeek: JsonProduct = {
  name: "zeek/conn",
  title: "Zeek logs as JSON",
  recognises(record) {
    if (record["id.orig_h"] !== undefined) return true;
    if (record.ts === undefined) return false;
    return (
      typeof record._path === "string" || record["id.resp_h"] !== undefined || isUnconnectedStream(record)
    );
  },
  read(record, draft, context) {
    draft.time = timeOf(record.ts ?? record._write_ts, context);
    readZeekRecord(streamOf(record, context.fileName), record, draft);
  },
};

function streamOf(record: JsonObject, fileName: string): string {
  const path = textOf(record._path);
  if (path !== undefined && /^\w{1,40}$/.test(path)) return path;
  return streamByKeys(record) ?? streamOfFile(fileName) ?? "unknown";
}

/** "conn.2024-03-05-10.log" → "conn" */
const streamOfFile = remembering(
  (fileName) => /(?:^|[_-])([a-z][a-z0-9_]{1,30})(?:[.-][\d:.-]+)*\.(?:log|json|ndjson)/.exec(fileName)?.[1],
);
