import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { isAbsent } from "../../text/absent.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { integerOf } from "../../text/numbers.ts";
import { splitQuoted } from "../../text/quoted.ts";
import { setRequestLine } from "../../web/request.ts";

const pattern =
  /^[0-9a-f]{64} \S{3,63} \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}\] \S{1,45} \S{1,2048} [0-9A-Z]{1,40} (?:REST|SOAP|WEBSITE|BATCH|S3)\./;
const columns = (
  "bucket_owner bucket time remote_ip requester request_id operation key request_uri http_status error_code bytes_sent " +
  "object_size total_time turn_around_time referrer user_agent version_id host_id signature_version cipher_suite " +
  "authentication_type host_header tls_version access_point_arn acl_required"
).split(" ");

/** Amazon S3 server access log (AWS docs, "Amazon S3 server access log format"). The zone is in the record. */
export const format = {
  kind: "line",
  name: "cloud/aws-s3-access",
  title: "Amazon S3 server access log",
  version: 1,
  notes: "By the 64-digit bucket owner and the operation (REST.GET.OBJECT). The zone is in the record.",
  sniff(line) {
    return pattern.test(line) ? 0.98 : 0;
  },
  open(context) {
    const readDate = createClfDateReader(context.time);
    return { parse: (record) => parseS3(record, readDate) };
  },
} satisfies LineFormat;

/** "TLSv1.2" as protocol and version. */
function setTlsVersion(fields: Fields, text: string): void {
  const match = /^(TLS|SSL)v(\d(?:\.\d)?)$/i.exec(text);
  if (!match) return;
  fields["tls.version_protocol"] = match[1]!.toLowerCase();
  fields["tls.version"] = match[2]!;
}

function parseS3(line: string, readDate: (text: string) => EventTime | undefined): LineResult {
  if (!pattern.test(line)) return undefined;
  const values = splitQuoted(line);
  const held: Record<string, string> = {};
  for (let i = 0; i < values.length && i < columns.length; i++) {
    if (!isAbsent(values[i]!)) held[columns[i]!] = values[i]!;
  }
  const time = readDate(held.time ?? "");
  if (!time) return { reject: "no valid date in the brackets" };
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["file"],
    "event.type": ["access"],
    "cloud.provider": "aws",
  };
  const operation = held.operation ?? "";
  fields["event.action"] = operation;
  if (held.error_code !== undefined) fields["event.code"] = held.error_code;
  if (held.request_id !== undefined) fields["event.id"] = held.request_id;
  if (operation.includes(".PUT.") || operation.includes(".COPY.") || operation.includes(".POST."))
    fields["event.type"] = ["creation"];
  else if (operation.includes(".DELETE.")) fields["event.type"] = ["deletion"];
  const ip = cleanIp(held.remote_ip ?? "");
  if (ip !== undefined) {
    fields["source.ip"] = ip;
    fields["client.ip"] = ip;
  }
  if (held.requester !== undefined) fields["client.user.id"] = held.requester;
  if (held.cipher_suite !== undefined) fields["tls.cipher"] = held.cipher_suite;
  if (held.tls_version !== undefined) setTlsVersion(fields, held.tls_version);
  if (held.requester !== undefined)
    fields["user.name"] = held.requester.includes("/")
      ? held.requester.slice(held.requester.lastIndexOf("/") + 1)
      : held.requester;
  if (held.request_uri !== undefined) setRequestLine(fields, held.request_uri);
  const status = integerOf(held.http_status ?? "");
  if (typeof status === "number") {
    fields["http.response.status_code"] = status;
    fields["event.outcome"] = status < 400 ? "success" : "failure";
  }
  const bytes = integerOf(held.bytes_sent ?? "");
  if (bytes !== undefined) fields["http.response.body.bytes"] = bytes;
  const size = integerOf(held.object_size ?? "");
  if (size !== undefined) fields["file.size"] = size;
  if (held.key !== undefined) fields["file.path"] = held.key;
  if (held.error_code !== undefined) fields["event.reason"] = held.error_code;
  if (held.referrer !== undefined) fields["http.request.referrer"] = held.referrer;
  if (held.user_agent !== undefined) fields["user_agent.original"] = held.user_agent;
  if (held.host_header !== undefined) fields["url.domain"] ??= held.host_header;
  for (const name of ["bucket", "requester", "request_id", "bucket_owner"]) {
    if (held[name] !== undefined) fields[rawField(name)] = held[name];
  }
  addRelated(fields);
  return { dataset: "cloud/aws-s3-access", time, fields };
}
