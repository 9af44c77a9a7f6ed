import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setSourceAccount } from "../../ecs/account.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setOutcome } from "../../ecs/parts.ts";
import { rawField } from "../../ecs/raw.ts";
import { noFields } from "../../ecs/shape.ts";
import { setUrl } from "../../ecs/url.ts";
import { classify } from "../../network/classify.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";
import { offsetOfAbbreviation } from "../../time/zone.ts";

const dataset = "network/sophos";

export const payload = {
  name: dataset,
  title: "Sophos Firewall (XG, SFOS) and Sophos UTM",
  programs: [],
  accepts: (message) => xg.test(message) || utm.test(message),
  parse,
} satisfies SyslogPayload;

const xg = /^ ?(?:device="?SFW"?|device_name="[^"]{0,80}" timestamp=|timestamp="[^"]{10,40}" device_name=)/;
const utm = /^ ?id="\d{4}" severity="[a-z]+" sys="/;

/** Field names of SFOS ("Sophos Firewall log file details") and of UTM 9; both sets are disjoint where they differ in meaning. */
const known = dictionary({
  device_name: "observer.name",
  device_id: "observer.serial_number",
  device_serial_id: "observer.serial_number",
  log_id: "event.code",
  id: "event.code",
  priority: "log.level:lower",
  severity: "log.level:lower",
  message: "message",
  src_ip: "source.ip:ip",
  src_port: "source.port:port",
  src_mac: "source.mac:mac",
  dst_ip: "destination.ip:ip",
  dst_port: "destination.port:port",
  dst_mac: "destination.mac:mac",
  tran_src_ip: "source.nat.ip:ip",
  tran_src_port: "source.nat.port:port",
  tran_dst_ip: "destination.nat.ip:ip",
  tran_dst_port: "destination.nat.port:port",
  src_trans_ip: "source.nat.ip:ip",
  src_trans_port: "source.nat.port:port",
  dst_trans_ip: "destination.nat.ip:ip",
  dst_trans_port: "destination.nat.port:port",
  srcip: "source.ip:ip",
  srcport: "source.port:port",
  srcmac: "source.mac:mac",
  dstip: "destination.ip:ip",
  dstport: "destination.port:port",
  dstmac: "destination.mac:mac",
  protocol: "network.transport:transport",
  proto: "network.transport:transport",
  in_interface: "observer.ingress.interface.name",
  out_interface: "observer.egress.interface.name",
  initf: "observer.ingress.interface.name",
  outitf: "observer.egress.interface.name",
  srczone: "observer.ingress.zone",
  dstzone: "observer.egress.zone",
  src_zone: "observer.ingress.zone",
  dst_zone: "observer.egress.zone",
  sent_pkts: "source.packets:integer",
  recv_pkts: "destination.packets:integer",
  packets_sent: "source.packets:integer",
  packets_received: "destination.packets:integer",
  sent_bytes: "source.bytes:integer",
  recv_bytes: "destination.bytes:integer",
  bytes_sent: "source.bytes:integer",
  bytes_received: "destination.bytes:integer",
  length: "network.bytes:integer",
  fw_rule_id: "rule.id",
  fw_rule_name: "rule.name",
  fwrule: "rule.id",
  application: "network.application",
  app_name: "network.application",
  domain: "url.domain",
  user_agent: "user_agent.original",
  useragent: "user_agent.original",
  ua: "user_agent.original",
  referer: "http.request.referrer",
  method: "http.request.method",
  status_code: "http.response.status_code:integer",
  statuscode: "http.response.status_code:integer",
  file_name: "file.name",
  filename: "file.name",
  file_path: "file.path",
  sha256: "file.hash.sha256:lower",
  reason: "event.reason",
  signature_id: "rule.id",
  signature_msg: "rule.name",
  virus: "rule.name",
  malware: "rule.name",
  user_gp: "user.group.name",
  user_group: "user.group.name",
  category: "rule.category",
  categoryname: "rule.category",
  classification: "rule.category",
  policy_name: "rule.ruleset",
  httpresponsecode: "http.response.status_code:integer",
  http_status: "http.response.status_code:integer",
  size: "http.response.body.bytes:integer",
  queryname: "dns.question.name",
  sender: "email.from.address",
  from_email_address: "email.from.address",
  to_email_address: "email.to.address",
  recipient: "email.to.address",
  email_subject: "email.subject",
  mailid: "email.message_id",
  messageid: "email.message_id",
  src_country: "source.geo.country_iso_code",
  dst_country: "destination.geo.country_iso_code",
  reported_ip: "source.ip:ip",
  client_host_name: "source.domain",
  client_physical_address: "source.mac:mac",
});

const readHere = new Set([
  "date",
  "time",
  "timezone",
  "timestamp",
  "log_type",
  "log_component",
  "log_subtype",
  "status",
  "action",
  "url",
  "name",
  "sub",
  "duration",
]);

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const isUtm = utm.test(message);
  if (!isUtm && !xg.test(message)) return undefined;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Sophos",
    "observer.product": isUtm ? "UTM" : "XG",
    "observer.type": "firewall",
  };
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(
    message,
    0,
    (name, value) => {
      if (readHere.has(name)) values[name] = value;
      else if (name === "user" || name === "user_name" || name === "username") {
        if (!isAbsent(value)) setSourceAccount(fields, value);
      } else assign(fields, known, name, value);
    },
    { spaces: true },
  );
  if (cut) fields["firebreak.truncated"] = true;
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  for (const name of ["log_type", "log_component", "log_subtype", "status", "name", "sub", "action"])
    if (values[name]) fields[rawField(name)] = values[name]!;
  if (values.url) setUrl(fields, values.url);
  setSeconds(fields, values.duration);
  if (values.name) fields.message ??= values.name;
  const label = isUtm
    ? `${values.sub ?? ""} ${values.name ?? ""}`
    : `${values.log_type ?? ""} ${values.log_component ?? ""} ${/^(?:IDP|ATP|Sandstorm)/.test(values.log_type ?? "") ? "intrusion" : ""} ${/log ?(?:ged)? ?(?:in|out)\b/i.test(String(fields.message ?? "")) ? "login" : ""}`;
  classify(fields, label.trim(), (values.log_subtype || values.action || values.status)?.toLowerCase());
  if (
    fields["event.kind"] !== "alert" &&
    fields["url.original"] !== undefined &&
    fields["event.category"] !== undefined
  )
    fields["event.category"] = ["web", "network"];
  if (values.status) setOutcome(fields, values.status);
  addTotals(fields);
  const time = readTime(values, context);
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** Old SFOS: date, time and a zone abbreviation; new: `timestamp="2024-03-03T10:22:33+0100"`. UTM has only the syslog stamp. */
function readTime(values: Record<string, string>, context: ParseContext): EventTime | undefined {
  if (values.timestamp) return context.time.iso(values.timestamp);
  if (!values.date || !values.time) return undefined;
  const zone = values.timezone ? offsetOfAbbreviation(values.timezone) : undefined;
  return context.time.iso(
    `${values.date} ${values.time}`,
    zone === undefined ? undefined : { zone, source: "in-record" },
  );
}
