import { readZeekRecord } from "../ecs/zeek.ts";
import type { JsonObject } from "../json/parse.ts";
import { type JsonProduct, textOf, timeOf } from "../json/product.ts";

/** Keys that only one log stream has, for logs written without `_path`. */
const tells: readonly (readonly [key: string, stream: string])[] = [
  ["conn_state", "conn"],
  ["qtype_name", "dns"],
  ["rcode_name", "dns"],
  ["trans_depth", "http"],
  ["certificate.serial", "x509"],
  ["server_name", "ssl"],
  ["cipher", "ssl"],
  ["auth_attempts", "ssh"],
  ["auth_success", "ssh"],
  ["note", "notice"],
  ["mailfrom", "smtp"],
  ["ntlm_server", "ntlm"],
  ["domainname", "ntlm"],
  ["request_type", "kerberos"],
  ["share_type", "smb_mapping"],
  ["named_pipe", "dce_rpc"],
  ["seen.indicator", "intel"],
  ["fuid", "files"],
  ["rtt", "dns"],
  ["query", "dns"],
];

export const zeek: JsonProduct = {
  name: "zeek/conn",
  title: "Zeek logs as JSON",
  recognises(record) {
    if (record["id.orig_h"] !== undefined) return true;
    if (record.ts === undefined) return false;
    return typeof record._path === "string" || record.fuid !== undefined || record["id.resp_h"] !== undefined;
  },
  read(record, draft, context) {
    draft.time = timeOf(record.ts ?? record._write_ts, context);
    readZeekRecord(streamOf(record, context.fileName), record, draft);
  },
};

function streamOf(record: JsonObject, fileName: string): string {
  const path = textOf(record._path);
  if (path !== undefined && /^\w{1,40}$/.test(path)) return path;
  const named = /(?:^|[_-])([a-z][a-z0-9_]{1,30})(?:[.-][\d:.-]+)*\.(?:log|json|ndjson)/.exec(fileName)?.[1];
  for (const [key, stream] of tells) if (record[key] !== undefined) return stream;
  return named ?? "unknown";
}
