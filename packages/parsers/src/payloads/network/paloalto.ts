import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setAccount, setSourceAccount } from "../../ecs/account.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, type Dictionary, dictionary } from "../../ecs/dictionary.ts";
import { setFile } from "../../ecs/parts.ts";
import { rawField } from "../../ecs/raw.ts";
import { noFields } from "../../ecs/shape.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { columnsByType } from "../../network/paloalto/columns.ts";
import { setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { splitCsvRow } from "../../text/csv-row.ts";

const dataset = "network/paloalto";

export const payload = {
  name: dataset,
  title: "Palo Alto Networks PAN-OS",
  programs: [],
  accepts: (message) => row.test(message),
  parse,
} satisfies SyslogPayload;

const row =
  /^\d*,[^,]{1,40},\w*,(?:TRAFFIC|THREAT|SYSTEM|CONFIG|GLOBALPROTECT|USERID|AUTHENTICATION|HIP-?MATCH|DECRYPTION|CORRELATION|TUNNEL|SCTP|IPTAG|GTP),/;

interface Layout {
  names: readonly string[];
  known: Dictionary;
}

const layouts = new Map<string, Layout>();
for (const [type, columns] of Object.entries(columnsByType)) {
  const names = columns.map((column) => column.split(">")[0]!);
  const targets = columns
    .filter((column) => column.includes(">"))
    .map((column) => column.split(">") as [string, string]);
  layouts.set(type, { names, known: dictionary(Object.fromEntries(targets)) });
}
const unknownLayout: Layout = {
  names: ["", "receive_time", "serial", "type", "subtype"],
  known: dictionary({ serial: "observer.serial_number" }),
};

const readHere = new Set(["receive_time", "time_generated", "start", "elapsed"]);
/** Columns that only repeat bookkeeping of the device. */
const unused = new Set(["logset", "actionflags", "flags", ""]);

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  if (!row.test(message)) return undefined;
  const cells = splitCsvRow(message, ",", 200);
  const type = cells[3]!;
  const layout = layouts.get(type) ?? unknownLayout;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Palo Alto Networks",
    "observer.product": "PAN-OS",
    "observer.type": "firewall",
  };
  const values: Record<string, string> = Object.create(null);
  for (let i = 1; i < layout.names.length && i < cells.length; i++) {
    const name = layout.names[i]!;
    const value = cells[i]!;
    if (readHere.has(name)) values[name] = value;
    else if (!unused.has(name)) assign(fields, layout.known, name, value);
  }
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  finish(fields, type, values);
  const time = readTime(values, cells, context);
  return time ? { dataset, fields, time } : { dataset, fields };
}

function text(fields: Fields, name: string): string {
  const value = fields[rawField(name)];
  return typeof value === "string" ? value : "";
}

const sessionTypes = new Set(["TRAFFIC", "TUNNEL", "DECRYPTION", "SCTP", "GTP"]);

function finish(fields: Fields, type: string, values: Record<string, string>): void {
  setSeconds(fields, values.elapsed);
  setSourceAccount(fields, text(fields, "srcuser"));
  setAccount(fields, text(fields, "dstuser"), "destination.user");
  if (sessionTypes.has(type)) finishTraffic(fields);
  else if (type === "CORRELATION") finishCorrelation(fields);
  else if (type === "HIPMATCH" || type === "HIP-MATCH") {
    fields["event.category"] = ["host"];
    fields["event.type"] = ["info"];
    fields["event.action"] = "hip-match";
  } else if (type === "THREAT") finishThreat(fields);
  else if (type === "CONFIG") {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = ["change"];
    fields["event.action"] = kebabCase(text(fields, "cmd") || "config");
    const result = text(fields, "result").toLowerCase();
    if (result !== "") fields["event.outcome"] = /fail|unauthor/.test(result) ? "failure" : "success";
  } else if (type === "GLOBALPROTECT")
    finishLogin(fields, text(fields, "eventid") || text(fields, "subtype"), text(fields, "status"));
  else if (type === "AUTHENTICATION")
    finishLogin(fields, text(fields, "event") || "authentication", text(fields, "event"));
  else if (type === "USERID") finishLogin(fields, text(fields, "subtype") || "user-id", "success");
  else finishSystem(fields);
}

/** What the subtype of a TRAFFIC log says of its session; the policy's action ("allow", "deny") stands in event.type. */
const flowActions: Record<string, string> = {
  start: "flow_started",
  end: "flow_terminated",
  drop: "flow_dropped",
  deny: "flow_denied",
};
/** What the subtype of a THREAT log says was found. */
const threatActions: Record<string, string> = {
  data: "data_match",
  file: "file_match",
  flood: "flood_detected",
  packet: "packet_attack",
  scan: "scan_detected",
  spyware: "spyware_detected",
  url: "url_filtering",
  virus: "virus_detected",
  vulnerability: "exploit_detected",
  wildfire: "wildfire_verdict",
  "wildfire-virus": "wildfire_virus_detected",
};

function finishTraffic(fields: Fields): void {
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  const action = text(fields, "action");
  const verdict = connectionVerdict(action);
  const subtype = text(fields, "subtype");
  const word = Object.hasOwn(flowActions, subtype) ? flowActions[subtype] : undefined;
  if (verdict !== undefined) setVerdict(fields, verdict, word ?? action);
  else if (word !== undefined) fields["event.action"] = word;
  if (verdict === "allowed" && (subtype === "start" || subtype === "end"))
    fields["event.type"] = ["connection", "allowed", subtype];
}

function finishCorrelation(fields: Fields): void {
  fields["event.kind"] = "alert";
  fields["event.category"] = ["intrusion_detection", "host"];
  fields["event.type"] = ["info"];
  fields["event.action"] = "correlated";
  const severity = text(fields, "severity");
  if (severity !== "") fields["log.level"] = severity.toLowerCase();
}

function finishThreat(fields: Fields): void {
  const subtype = text(fields, "subtype");
  const isUrl = subtype === "url";
  const misc = text(fields, "misc");
  const threat = text(fields, "threatid");
  if (!isUrl) fields["event.kind"] = "alert";
  const malware = /virus|wildfire|spyware/.test(subtype);
  fields["event.category"] = isUrl
    ? ["web", "network"]
    : [malware ? "malware" : "intrusion_detection", "network"];
  fields["event.type"] = ["info"];
  const verdict = connectionVerdict(text(fields, "action"));
  if (verdict !== undefined) {
    setVerdict(fields, verdict);
    fields["event.type"] = verdict === "detected" ? ["info"] : [verdict === "allowed" ? "allowed" : "denied"];
    // "alert" lets the traffic go on.
    if (verdict === "detected") fields["event.outcome"] = "success";
  }
  if (subtype !== "")
    fields["event.action"] = Object.hasOwn(threatActions, subtype) ? threatActions[subtype]! : subtype;
  // "Name(id)": the rule that matched is the signature; the policy's name moves aside.
  const signature = /^(.*)\((\d+)\)$/.exec(threat);
  if (signature && !isUrl) {
    if (fields["rule.name"] !== undefined) fields["firebreak.raw.rule"] = fields["rule.name"];
    fields["rule.name"] = signature[1] === "" ? threat : signature[1]!;
    fields["rule.id"] = signature[2]!;
  }
  if (misc !== "") setMisc(fields, subtype, misc);
  const digest = text(fields, "filedigest");
  if (/^[0-9a-f]{64}$/i.test(digest)) fields["file.hash.sha256"] = digest.toLowerCase();
  const severity = text(fields, "severity");
  if (severity !== "") fields["log.level"] = severity.toLowerCase();
}

/** "URL/Filename": the page of a request, the name asked for in a query, the file, or the page of an attack. */
function setMisc(fields: Fields, subtype: string, misc: string): void {
  const category = text(fields, "category");
  if (subtype === "url") {
    setBareUrl(fields, misc);
    if (category !== "" && category !== "any") fields["rule.category"] = category;
    const site = fields["url.domain"];
    if (typeof site === "string" && fields["url.port"] === undefined) fields["destination.domain"] ??= site;
  } else if (subtype === "spyware") {
    if (!/^[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}$/.test(misc)) setBareUrl(fields, misc);
    else if (/^dns/.test(String(fields["network.application"]))) fields["dns.question.name"] = misc;
    else fields["url.domain"] = misc;
  } else if (subtype === "file" || subtype === "data") setFile(fields, "file", misc);
  else if (misc.includes("/")) setBareUrl(fields, misc);
  else setFile(fields, "file", misc);
}

function finishLogin(fields: Fields, event: string, status: string): void {
  fields["event.category"] = ["authentication"];
  const failed = /fail|denied|reject/i.test(`${event} ${status}`);
  const ended = /logout|disconnect/i.test(event);
  fields["event.type"] = [failed ? "info" : ended ? "end" : "start"];
  fields["event.action"] = kebabCase(event.slice(0, 100));
  if (failed) fields["event.outcome"] = "failure";
  else if (/succ|allow/i.test(`${event} ${status}`) || status === "") fields["event.outcome"] = "success";
}

/** System messages tell of logins only in words: "User admin logged in via Web from 192.0.2.7 using https". */
function finishSystem(fields: Fields): void {
  const event = text(fields, "eventid");
  const message = typeof fields.message === "string" ? fields.message : "";
  if (event !== "") fields["event.action"] = kebabCase(event.slice(0, 100));
  const severity = text(fields, "severity");
  if (severity !== "") fields["log.level"] = severity.toLowerCase();
  const login =
    /\b(?:logged in|authenticated for user|authentication for user|auth(?:entication)? (?:fail|succe)|failed authentication)/i.test(
      message,
    );
  if (!login) {
    fields["event.category"] = ["host"];
    fields["event.type"] = ["info"];
    return;
  }
  finishLogin(fields, event || "login", /fail/i.test(message) ? "failed" : "success");
  const user = /(?:[Uu]ser name:|for user|[Uu]ser:?) '?(?!authentication\b)([^'\s,]+)'?/.exec(message);
  if (user) fields["user.name"] = user[1]!.replace(/\.$/, "");
  const from = /[Ff]rom:? ?((?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F:]{3,45})\b/.exec(message);
  if (from) fields["source.ip"] ??= from[1]!.replace(/\.$/, "");
}

/** Times are the device's local time without zone, unless a high-resolution stamp ("2024-03-03T10:22:33.123+01:00") stands in a later column. */
function readTime(
  values: Record<string, string>,
  cells: readonly string[],
  context: ParseContext,
): EventTime | undefined {
  for (let i = 25; i < cells.length; i++) {
    const cell = cells[i]!;
    if (cell.length > 25 && cell.charCodeAt(4) === 45 && /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$/.test(cell))
      return context.time.iso(cell);
  }
  return context.time.iso(values.time_generated ?? "") ?? context.time.iso(values.receive_time ?? "");
}
