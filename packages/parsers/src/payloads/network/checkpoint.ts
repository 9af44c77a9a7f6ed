import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { setSourceAccount } from "../../ecs/account.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { noFields } from "../../ecs/shape.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { classify } from "../../network/classify.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { type PairStyle, readPairs } from "../../text/pairs.ts";
import { epochTime } from "../../time/epoch.ts";

const dataset = "network/checkpoint";

export const payload = {
  name: dataset,
  title: "Check Point (Log Exporter and syslog)",
  programs: [],
  accepts: (message) =>
    (message.includes(':"') && colons.test(message)) ||
    (message.includes("@2620") && structured.test(message)) ||
    bars.test(message),
  parse,
} satisfies SyslogPayload;

/** `[action:"Accept"; flags:"…"; …]`, the default of Log Exporter. */
const colons = /^(?:\S{1,40} ){0,4}\[?(?:action|flags|ifdir|loguid|alert|time):"/;
/** `- [sc4s@2620 action="Accept" …]`: the same pairs as RFC 5424 structured data (2620 is Check Point's enterprise number). */
const structured = /^(?:\S{1,40} ){0,4}\[[\w.-]{1,40}@2620[\d.]* /;
/** `time=…|hostname=…|product=…|action=…`, the form for Splunk. */
const bars = /^(?:time|loguid)=[^|]{1,80}\|(?:hostname|product|action|version|severity)=/;

/** Field names of Check Point logs (sk144192). */
const known = dictionary({
  src: "source.ip:ip",
  s_port: "source.port:port",
  mac_source_address: "source.mac:mac",
  src_machine_name: "source.domain",
  dst: "destination.ip:ip",
  service: "destination.port:port",
  mac_destination_address: "destination.mac:mac",
  dst_machine_name: "destination.domain",
  xlatesrc: "source.nat.ip:ip",
  xlatesport: "source.nat.port:port",
  xlatedst: "destination.nat.ip:ip",
  xlatedport: "destination.nat.port:port",
  proto: "network.transport:transport",
  service_id: "network.protocol:lower",
  sent_bytes: "source.bytes:integer",
  received_bytes: "destination.bytes:integer",
  client_outbound_packets: "source.packets:integer",
  client_inbound_packets: "destination.packets:integer",
  server_outbound_packets: "destination.packets:integer",
  server_outbound_bytes: "destination.bytes:integer",
  app_rule_name: "rule.name",
  app_rule_id: "rule.id",
  smartdefense_profile: "rule.ruleset",
  app_category: "rule.category",
  uid: "source.user.id",
  src_user_group: "source.user.group.name",
  mime_from: "email.from.address",
  mime_to: "email.to.address",
  email_message_id: "email.message_id",
  email_queue_id: "email.local_id",
  dlp_file_name: "file.name",
  destination_dns_hostname: "destination.domain",
  tid: "dns.id",
  app_name: "network.application",
  client_inbound_interface: "observer.ingress.interface.name",
  client_outbound_interface: "observer.egress.interface.name",
  security_inzone: "observer.ingress.zone",
  security_outzone: "observer.egress.zone",
  update_version: "observer.version",
  os_version: "host.os.version",
  host_name: "host.name",
  hostname: "observer.name",
  src_ip: "source.ip:ip",
  bytes: "network.bytes:integer",
  packets: "network.packets:integer",
  rule_uid: "rule.uuid",
  rule_name: "rule.name",
  rule: "rule.id",
  policy_name: "rule.ruleset",
  origin: "observer.ip:ip",
  inzone: "observer.ingress.zone",
  outzone: "observer.egress.zone",
  dst_user_name: "destination.user.name",
  loguid: "event.id",
  sequencenum: "event.sequence:integer",
  client_outbound_bytes: "source.bytes:integer",
  client_inbound_bytes: "destination.bytes:integer",
  dns_query: "dns.question.name",
  dns_type: "dns.question.type",
  host_ip: "host.ip:ip",
  os_name: "host.os.name",
  process_name: "process.name",
  process_md5: "process.hash.md5:lower",
  parent_process_name: "process.parent.name",
  mail_id: "email.message_id",
  description: "message",
  appi_name: "network.application",
  http_host: "url.domain",
  method: "http.request.method",
  user_agent: "user_agent.original",
  referrer: "http.request.referrer",
  file_name: "file.name",
  file_md5: "file.hash.md5:lower",
  file_sha1: "file.hash.sha1:lower",
  file_sha256: "file.hash.sha256:lower",
  file_size: "file.size:integer",
  reason: "event.reason",
  domain_name: "dns.question.name",
  from: "email.from.address",
  to: "email.to.address",
  email_subject: "email.subject",
});

const readHere = new Set([
  "action",
  "time",
  "product",
  "ifdir",
  "ifname",
  "resource",
  "operation",
  "protection_name",
  "malware_action",
  "severity",
  "conn_direction",
  "__policy_id_tag",
  "attack",
  "auth_status",
  "audit_status",
  "client_ip",
  "elapsed",
  "industry_reference",
]);

const userNames = new Set(["user", "src_user_name", "source_user_name", "administrator"]);
/** "Anna A (anna)": how a directory's user is shown. */
const shownUser = /^(.{1,100}?) \(([^()\s]{1,64})\)$/;

function setShownUser(fields: Fields, value: string): void {
  const shown = shownUser.exec(value);
  setSourceAccount(fields, shown ? shown[2]! : value);
  if (shown) fields["user.full_name"] = shown[1]!;
}

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const form = openForm(message);
  if (!form) return undefined;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Check Point",
    "observer.type": "firewall",
  };
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(
    message,
    form.at,
    (name, recorded) => {
      const value = form.trimEnd && recorded.endsWith("]") ? recorded.slice(0, -1) : recorded;
      if (readHere.has(name)) values[name] ??= value;
      else if (userNames.has(name)) {
        if (!isAbsent(value)) setShownUser(fields, value);
      } else assign(fields, known, name, value);
    },
    form.style,
  );
  if (cut) fields["firebreak.truncated"] = true;
  // The structured-data reader of the envelope must not place the same pairs again.
  if (form.structured) fields["firebreak.raw.sd_id"] = form.structured;
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  finish(fields, values);
  const time = values.time
    ? (epochTime(values.time, context.time) ?? context.time.iso(values.time))
    : undefined;
  return time ? { dataset, fields, time } : { dataset, fields };
}

interface Form {
  at: number;
  style: PairStyle;
  trimEnd?: true;
  structured?: string;
}

function openForm(message: string): Form | undefined {
  if (colons.test(message))
    return { at: startOfColons(message), style: { separator: ";", assign: ":" }, trimEnd: true };
  if (structured.test(message)) {
    const bracket = message.indexOf("[");
    const at = message.indexOf(" ", bracket);
    return { at: at + 1, style: {}, structured: message.slice(bracket + 1, at) };
  }
  return bars.test(message) ? { at: 0, style: { separator: "|" } } : undefined;
}

/** The bracket may be missing where a collector cut it. */
function startOfColons(message: string): number {
  const first = message.indexOf(':"');
  const bracket = message.lastIndexOf("[", first);
  return bracket >= 0 ? bracket + 1 : message.lastIndexOf(" ", first) + 1;
}

function finish(fields: Fields, values: Record<string, string>): void {
  for (const name of [
    "action",
    "product",
    "ifdir",
    "operation",
    "severity",
    "malware_action",
    "attack",
    "auth_status",
    "audit_status",
    "elapsed",
    "industry_reference",
  ])
    if (values[name]) fields[rawField(name)] = values[name]!;
  if (values.product) fields["observer.product"] = values.product;
  if (values.ifname)
    fields[
      values.ifdir === "outbound" ? "observer.egress.interface.name" : "observer.ingress.interface.name"
    ] = values.ifname;
  const direction = { Incoming: "inbound", Outgoing: "outbound", Internal: "internal" }[
    values.conn_direction ?? ""
  ];
  if (direction) fields["network.direction"] = direction;
  if (values.resource) setBareUrl(fields, values.resource);
  if (fields["network.protocol"] !== undefined) fields["network.application"] ??= fields["network.protocol"];
  const client = cleanIp(values.client_ip ?? "");
  if (client !== undefined) fields["source.ip"] ??= client;
  const severity = values.severity ?? "";
  if (/^\d$/.test(severity)) fields["event.severity"] = Number(severity);
  const reference = values.industry_reference ?? "";
  if (/^CVE-\d{4}-\d{4,7}$/.test(reference)) fields["vulnerability.id"] = reference;
  setElapsed(fields, values.elapsed);
  if (values.protection_name) fields["rule.name"] = values.protection_name;
  const label = `${values.product ?? ""} ${values.operation ?? ""} ${values.protection_name ? "threat" : ""} ${values.auth_status || /^Log (?:In|Out)$|^Failed Log/i.test(values.action ?? "") ? "authentication" : ""}`;
  classify(
    fields,
    label.replace(/Threat Emulation/, values.action === "Accept" ? "" : "threat").trim(),
    values.action ?? values.operation ?? values.auth_status,
  );
  if (values.operation && fields["event.category"] === undefined) {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = ["change"];
  }
  if (values.auth_status) setLoginStatus(fields, values.auth_status);
  setSignIn(fields, values);
  const policy = /policy_name=([^\]\\;"]+)/.exec(values.__policy_id_tag ?? "");
  if (policy) fields["rule.ruleset"] ??= policy[1]!;
  addTotals(fields);
}

function setLoginStatus(fields: Fields, status: string): void {
  const failed = /fail|denied|reject|unsuccess/i.test(status);
  fields["event.outcome"] = failed ? "failure" : "success";
  fields["event.type"] = [failed ? "info" : "start"];
}

/** Administrators in SmartConsole and users of the remote access blades: the words are `operation` or `action`. */
function setSignIn(fields: Fields, values: Record<string, string>): void {
  const word = values.operation || values.action || "";
  if (/^(?:Failed )?Log (?:In|Out)$/.test(word)) {
    const failed = word.startsWith("Failed") || /^fail/i.test(values.audit_status ?? values.status ?? "");
    const out = word.endsWith("Out");
    fields["event.category"] = ["authentication"];
    fields["event.action"] = out ? "logged-out" : failed ? "logon-failed" : "logged-in";
    fields["event.type"] = [out ? "end" : failed ? "info" : "start"];
    fields["event.outcome"] = failed ? "failure" : "success";
  } else if (values.audit_status) {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = ["change"];
    if (values.operation) fields["event.action"] = values.operation;
    fields["event.outcome"] = /^succ/i.test(values.audit_status) ? "success" : "failure";
  }
}

/** "0:00:12". */
function setElapsed(fields: Fields, elapsed: string | undefined): void {
  const match = /^(\d{1,5}):(\d\d):(\d\d)$/.exec(elapsed ?? "");
  if (match)
    fields["event.duration"] = (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1e9;
}
