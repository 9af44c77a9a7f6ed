import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { setSourceAccount } from "../../ecs/account.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setAddressPort, setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { noFields } from "../../ecs/shape.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { applianceOf, finishAppliance } from "../../network/fortinet.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";

export const payload = {
  name: "network/fortinet-appliances",
  title: "Fortinet FortiMail, FortiWeb, FortiManager, FortiAnalyzer and FortiClient",
  programs: [],
  accepts: (message) => productOf(message) !== undefined,
  parse,
} satisfies SyslogPayload;

function productOf(message: string): ReturnType<typeof applianceOf> {
  const at = message.indexOf("date=");
  return at < 0 || at > 400 || !message.includes("time=") ? undefined : applianceOf(message);
}

/** Fields of the log references of FortiMail 7, FortiWeb 7, FortiManager 7 and FortiClient 7 (docs.fortinet.com). */
const known = dictionary({
  device_id: "observer.serial_number",
  devid: "observer.serial_number",
  devname: "observer.name",
  log_id: "event.code",
  logid: "event.code",
  pri: "log.level",
  level: "log.level",
  msg: "message",
  desc: "rule.description",
  reason: "event.reason",
  subject: "email.subject",
  message_id: "email.message_id",
  from: "email.from.address",
  to: "email.to.address",
  client_ip: "source.ip:ip",
  dst_ip: "destination.ip:ip",
  src: "source.ip:ip",
  src_port: "source.port:port",
  dst: "destination.ip:ip",
  dst_port: "destination.port:port",
  srcip: "source.ip:ip",
  srcport: "source.port:port",
  dstip: "destination.ip:ip",
  dstport: "destination.port:port",
  deviceip: "source.ip:ip",
  srcmac: "source.mac:mac",
  devicemac: "source.mac:mac",
  srccountry: "source.geo.country_name",
  proto: "network.transport:transport",
  policy: "rule.name",
  policyname: "rule.name",
  signature_id: "rule.id",
  main_type: "rule.category",
  http_method: "http.request.method",
  httpmethod: "http.request.method",
  http_agent: "user_agent.original",
  http_refer: "http.request.referrer",
  http_retcode: "http.response.status_code:integer",
  http_request_bytes: "source.bytes:integer",
  http_response_bytes: "destination.bytes:integer",
  http_version: "http.version",
  sentbyte: "source.bytes:integer",
  rcvdbyte: "destination.bytes:integer",
  hostname: "host.name",
  remotename: "destination.domain",
  threat: "rule.name",
  vulnname: "vulnerability.description",
  file: "file.path",
  filename: "file.name",
  virus: "rule.name",
});

/** Words that decide what the event was; kept under their own names too. */
const kept = new Set(["type", "subtype", "action", "status", "disposition", "classifier", "utmaction"]);

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const product = productOf(message);
  if (product === undefined) return undefined;
  const [, dataset, name] = product;
  const fields: Fields = { ...noFields, "observer.vendor": "Fortinet", "observer.product": name };
  const values: Record<string, string> = Object.create(null);
  const separator = /(?:^|[ >])date=[\d-]{10},/.test(message.slice(0, 400)) ? "," : " ";
  const cut = readPairs(
    message,
    0,
    (key, value) => {
      values[key] ??= value;
      if (kept.has(key) && value !== "") fields[`firebreak.raw.${key}`] = value;
      else if (!isAbsent(value) && !readHere.has(key) && value.toLowerCase() !== "none")
        assign(fields, known, key, value);
    },
    { separator },
  );
  if (cut) fields["firebreak.truncated"] = true;
  setParties(fields, values);
  setTarget(fields, values);
  addTotals(fields);
  finishAppliance(fields, values, dataset);
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  const zone = zoneOf(values);
  const time = context.time.iso(`${values.date} ${values.time}`, zone);
  return time ? { dataset, fields, time } : { dataset, fields };
}

const readHere = new Set([
  "date",
  "time",
  "itime",
  "user",
  "user_name",
  "userfrom",
  "ui",
  "client_name",
  "http_url",
  "http_host",
  "url",
  "srcname",
  "direction",
  "service",
  "tz",
  "timezone",
]);

/** Who did it, and from where: "GUI(192.0.2.7)", "ssh(192.0.2.7)"; mail names its client as "mx.example.org [192.0.2.9]". */
function setParties(fields: Fields, values: Record<string, string>): void {
  const user = values.user || values.user_name || "";
  if (!isAbsent(user) && user !== "Unknown") setSourceAccount(fields, user);
  const place = values.userfrom || values.ui || "";
  const ip = cleanIp(/\(([^()]{2,60})\)/.exec(place)?.[1] ?? place);
  if (ip !== undefined) fields["source.ip"] ??= ip;
  if (place !== "") fields["firebreak.raw.ui"] = place;
  const client = /^(\S{0,253}?) ?(?:\[([^\]]{2,50})\])?$/.exec(values.client_name ?? "");
  if (client?.[2] !== undefined && fields["source.ip"] === undefined)
    setAddressPort(fields, "source", client[2]);
  if (client?.[1]) setEndpoint(fields, "source", client[1]);
  if (fields["source.ip"] !== undefined) delete fields["source.address"];
  const program = values.srcname ?? "";
  if (program !== "") fields["process.name"] = program;
}

function setTarget(fields: Fields, values: Record<string, string>): void {
  const url = values.http_url || values.url || "";
  if (!isAbsent(url)) setBareUrl(fields, url);
  const host = values.http_host ?? "";
  if (!isAbsent(host) && host !== "none") fields["url.domain"] ??= host.replace(/:\d{1,5}$/, "");
  const service = /^[A-Za-z]{2,12}/.exec(values.service ?? "")?.[0];
  if (service !== undefined) fields["network.protocol"] = service.toLowerCase();
  const direction = values.direction?.toLowerCase() ?? "";
  const known = { in: "inbound", inbound: "inbound", out: "outbound", outbound: "outbound" }[direction];
  if (known !== undefined)
    fields[fields["email.from.address"] === undefined ? "network.direction" : "email.direction"] = known;
}

/** `tz="-0700"`, or FortiWeb's `timezone="(GMT+1:00)Amsterdam"`. */
function zoneOf(values: Record<string, string>) {
  const found = /([+-])(\d{1,2}):?(\d\d)/.exec(values.tz || values.timezone || "");
  return found
    ? ({ zone: `${found[1]}${found[2]!.padStart(2, "0")}:${found[3]}`, source: "in-record" } as const)
    : undefined;
}
