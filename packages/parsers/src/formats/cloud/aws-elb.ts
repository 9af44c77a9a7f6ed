import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { fieldBelow } from "../../ecs/field-name.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { isAbsent } from "../../text/absent.ts";
import { integerOf } from "../../text/numbers.ts";
import { splitQuoted } from "../../text/quoted.ts";
import { setRequestLine, setWebAccess } from "../../web/request.ts";

const application =
  /^(?:http|https|h2|grpcs|ws|wss) \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z (?:app\/|arn:|\S)/;
const network = /^tls \d\.\d \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d net\//;
const classic =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z \S{1,64} \S{3,64}:\d{1,5} (?:\S{3,64}:\d{1,5}|-) -?\d/;

const applicationColumns = (
  "type time elb client target request_processing_time target_processing_time response_processing_time elb_status_code " +
  "target_status_code received_bytes sent_bytes request user_agent ssl_cipher ssl_protocol target_group_arn trace_id " +
  "domain_name chosen_cert_arn matched_rule_priority request_creation_time actions_executed redirect_url error_reason " +
  "target_list target_status_code_list classification classification_reason conn_trace_id"
).split(" ");
const classicColumns = (
  "time elb client target request_processing_time target_processing_time response_processing_time elb_status_code " +
  "target_status_code received_bytes sent_bytes request user_agent ssl_cipher ssl_protocol"
).split(" ");
const networkColumns = (
  "type version time elb listener client target connection_time tls_handshake_time received_bytes sent_bytes " +
  "incoming_tls_alert chosen_cert_arn chosen_cert_serial tls_cipher tls_protocol_version tls_named_group domain_name " +
  "alpn_fe_protocol alpn_be_protocol alpn_client_preference_list tls_connection_creation_time"
).split(" ");

/** AWS load balancers: application (ALB), network with TLS (NLB) and classic (ELB) access logs. UTC. */
export const format = {
  kind: "line",
  name: "cloud/aws-elb",
  title: "AWS load balancer access log (ALB, NLB, classic)",
  version: 1,
  notes:
    "By the type word or the time followed by balancer, client:port and target:port. Times are UTC with Z.",
  sniff(line) {
    return application.test(line) || network.test(line) || classic.test(line) ? 0.95 : 0;
  },
  open(context) {
    return { parse: (record) => parseElb(record, context) };
  },
} satisfies LineFormat;

function columnsOf(line: string): readonly string[] | undefined {
  if (network.test(line)) return networkColumns;
  if (application.test(line)) return applicationColumns;
  return classic.test(line) ? classicColumns : undefined;
}

function parseElb(line: string, context: ParseContext): LineResult {
  const columns = columnsOf(line);
  if (columns === undefined) return undefined;
  const values = splitQuoted(line);
  if (values.length < Math.min(columns.length, 11))
    return { reject: `${values.length} columns, too few for this log` };
  const held: Record<string, string> = {};
  for (let i = 0; i < values.length && i < columns.length; i++) {
    const value = values[i]!;
    if (!isAbsent(value)) held[columns[i]!] = value;
  }
  const time = context.time.iso(held.time ?? "", { zone: "UTC", source: "format-default" });
  if (!time) return { reject: "no valid time" };
  const fields: Fields = {};
  if (columns === networkColumns || held.request?.startsWith("- - -")) {
    fields["event.kind"] = "event";
    fields["event.category"] = ["network"];
    fields["event.type"] = ["connection"];
  } else setWebAccess(fields, statusOf(held.elb_status_code));
  fillFields(fields, held);
  addRelated(fields);
  return { dataset: "cloud/aws-elb", time, fields };
}

function statusOf(text: string | undefined): number | undefined {
  const status = text === undefined ? undefined : integerOf(text);
  return typeof status === "number" && status >= 100 && status <= 599 ? status : undefined;
}

function fillFields(fields: Fields, held: Record<string, string>): void {
  fields["cloud.provider"] = "aws";
  setSide(fields, "source", held.client);
  setSide(fields, "destination", held.target);
  const received = integerOf(held.received_bytes ?? "");
  const sent = integerOf(held.sent_bytes ?? "");
  // A TCP listener's lines name no request: what was carried is the connection's.
  const web = held.request !== undefined && !held.request.startsWith("- - -");
  if (received !== undefined) fields[web ? "http.request.body.bytes" : "source.bytes"] = received;
  if (sent !== undefined) fields[web ? "http.response.body.bytes" : "destination.bytes"] = sent;
  if (web) setRequestLine(fields, held.request!.replace(/ - ?$/, ""));
  if (held.user_agent !== undefined) fields["user_agent.original"] = held.user_agent;
  if (held.ssl_cipher !== undefined) fields["tls.cipher"] = held.ssl_cipher;
  if (held.ssl_protocol !== undefined) fields["tls.version"] = held.ssl_protocol;
  if (held.domain_name !== undefined) {
    fields["url.domain"] ??= held.domain_name;
    fields["destination.domain"] = held.domain_name;
  }
  if (held.elb !== undefined) fields["observer.name"] = held.elb;
  const trace = /^(?:Root|Self)=[\w-]{1,80}/.exec(held.trace_id ?? "");
  if (trace) fields["trace.id"] = held.trace_id!;
  for (const name of [
    "target_status_code",
    "actions_executed",
    "trace_id",
    "error_reason",
    "redirect_url",
    "classification",
  ]) {
    const value = held[name];
    if (value !== undefined) fields[rawField(name)] = value;
  }
}

function setSide(fields: Fields, side: "source" | "destination", text: string | undefined): void {
  if (text === undefined) return;
  const { ip, port } = splitAddressPort(text);
  if (ip !== undefined) fields[fieldBelow(side, "ip")] = ip;
  if (port !== undefined) fields[fieldBelow(side, "port")] = port;
}
