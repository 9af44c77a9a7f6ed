import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { setPath } from "../../ecs/url.ts";
import { isAbsent } from "../../text/absent.ts";
import { integerOf } from "../../text/numbers.ts";
import { setWebAccess } from "../../web/request.ts";

const pattern =
  /^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t[A-Z]{3}\d{1,3}(?:-[A-Z]\d{1,2})?\t(?:\d+|-)\t[\da-fA-F.:]{3,45}\t[A-Z]{3,10}\t/;
const columns = (
  "date time edge_location sc_bytes c_ip method host uri_stem status referrer user_agent query cookie edge_result_type " +
  "edge_request_id host_header protocol cs_bytes time_taken forwarded_for ssl_protocol ssl_cipher edge_response_result " +
  "protocol_version fle_status fle_fields c_port time_to_first_byte edge_detailed_result sc_content_type sc_content_len " +
  "sc_range_start sc_range_end"
).split(" ");

/** Amazon CloudFront standard access log (AWS docs, "Standard log file fields"). UTC. */
export const format = {
  kind: "line",
  name: "cloud/aws-cloudfront",
  title: "Amazon CloudFront access log",
  version: 1,
  notes:
    "Tab-separated: date, time, edge location, bytes, client, method. Times are UTC. Header lines begin with #.",
  sniff(line, head) {
    if (pattern.test(line)) return 0.97;
    return isHeader(line) && head.lines.some((other) => pattern.test(other)) ? 0.9 : 0;
  },
  open(context) {
    return { parse: (record) => (isHeader(record) ? { skip: "header" } : parseCloudFront(record, context)) };
  },
} satisfies LineFormat;

function isHeader(line: string): boolean {
  return line.startsWith("#Version: 1.0") || line.startsWith("#Fields: date time x-edge-location");
}

function parseCloudFront(line: string, context: ParseContext): LineResult {
  if (!pattern.test(line)) return undefined;
  const held: Record<string, string> = {};
  for (const [i, value] of line.split("\t", columns.length).entries())
    if (!isAbsent(value)) held[columns[i]!] = value;
  const time = context.time.iso(`${held.date}T${held.time}`, { zone: "UTC", source: "format-default" });
  if (!time) return { reject: "no valid time" };
  const status = integerOf(held.status ?? "");
  const fields: Fields = {};
  setWebAccess(fields, typeof status === "number" && status >= 100 && status <= 599 ? status : undefined);
  fields["cloud.provider"] = "aws";
  put(fields, "source.ip", cleanIp(held.c_ip ?? ""));
  put(fields, "source.port", integerOf(held.c_port ?? ""));
  put(fields, "destination.bytes", integerOf(held.sc_bytes ?? ""));
  put(fields, "source.bytes", integerOf(held.cs_bytes ?? ""));
  put(fields, "http.response.bytes", integerOf(held.sc_bytes ?? ""));
  put(fields, "http.request.bytes", integerOf(held.cs_bytes ?? ""));
  put(fields, "http.request.method", held.method);
  put(fields, "http.request.referrer", held.referrer);
  put(fields, "http.request.mime_type", held.sc_content_type);
  put(fields, "http.response.body.bytes", integerOf(held.sc_content_len ?? ""));
  put(fields, "http.request.id", held.edge_request_id);
  put(fields, "http.version", /^HTTP\/(\d(?:\.\d)?)$/.exec(held.protocol_version ?? "")?.[1]);
  put(fields, "user_agent.original", held.user_agent);
  put(fields, "url.domain", held.host ?? held.host_header);
  if (held.uri_stem !== undefined) setPath(fields, held.uri_stem);
  put(fields, "url.query", held.query);
  put(fields, "url.scheme", /^https?$/.exec(held.protocol ?? "")?.[0]);
  put(fields, "network.protocol", held.protocol);
  put(fields, "network.forwarded_ip", cleanIp((held.forwarded_for ?? "").split(",", 1)[0]!.trim()));
  put(fields, "tls.cipher", held.ssl_cipher);
  put(fields, "event.action", held.edge_result_type?.toLowerCase());
  put(fields, "observer.name", held.edge_location);
  put(fields, "firebreak.raw.host_header", held.host_header);
  addRelated(fields);
  return { dataset: "cloud/aws-cloudfront", time, fields };
}

function put(fields: Fields, name: string, value: string | number | undefined): void {
  if (value !== undefined) fields[name] = value;
}
