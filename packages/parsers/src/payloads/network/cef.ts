import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setAccount } from "../../ecs/account.ts";
import { assign, dictionary, isHostName } from "../../ecs/dictionary.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { setFile } from "../../ecs/parts.ts";
import { rawField } from "../../ecs/raw.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { createStampReader } from "../../formats/syslog/stamp.ts";
import { readTimeValue } from "../../infer/time-value.ts";
import { finishVendor, readVendor, vendorLabel } from "../../network/cef-vendors.ts";
import { classify } from "../../network/classify.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { maxPairs } from "../../text/pairs.ts";
import { epochTime } from "../../time/epoch.ts";

const dataset = "network/cef";

export const payload = {
  name: dataset,
  title: "Common Event Format (CEF)",
  programs: [],
  accepts: (message) => (message.includes("CEF:") || message.startsWith("0|")) && start.test(message),
  parse,
} satisfies SyslogPayload;

/** "CEF:0|…"; UniFi writes "CEF: 0|…", and senders that cut their own header leave "0|Vendor|…". */
const start =
  /^(?:\S{1,60} ){0,3}CEF: ?[01](?:\.\d)?\||^0\|[^|]{1,60}\|[^|]{1,60}\|[^|]{0,40}\|[^|]{0,80}\|[^|]{0,200}\|(?:\d{1,2}|Low|Medium|High|Very-High|Unknown)\|/;

/** Extension keys of the CEF standard (Micro Focus, "Implementing ArcSight CEF"), revision 26. */
const known = dictionary({
  src: "source.ip:ip",
  spt: "source.port:port",
  smac: "source.mac:mac",
  shost: "source.domain",
  suid: "source.user.id",
  sntdom: "source.user.domain",
  sourceTranslatedAddress: "source.nat.ip:ip",
  sourceTranslatedPort: "source.nat.port:port",
  dst: "destination.ip:ip",
  dpt: "destination.port:port",
  dmac: "destination.mac:mac",
  dhost: "destination.domain",
  duid: "destination.user.id",
  dntdom: "destination.user.domain",
  destinationTranslatedAddress: "destination.nat.ip:ip",
  destinationTranslatedPort: "destination.nat.port:port",
  in: "source.bytes:integer",
  out: "destination.bytes:integer",
  proto: "network.transport:transport",
  app: "network.protocol:lower",
  dvchost: "observer.name",
  dvc: "observer.ip:ip",
  dvcmac: "observer.mac:mac",
  deviceInboundInterface: "observer.ingress.interface.name",
  deviceOutboundInterface: "observer.egress.interface.name",
  msg: "message",
  reason: "event.reason",
  requestMethod: "http.request.method",
  requestClientApplication: "user_agent.original",
  filePath: "file.path",
  fsize: "file.size:integer",
  sproc: "process.name",
  spid: "process.pid:integer",
  deviceProcessName: "process.name",
  dvcpid: "process.pid:integer",
  spriv: "source.user.group.name",
  dpriv: "destination.user.group.name",
  deviceExternalId: "observer.serial_number",
  requestContext: "http.request.referrer",
  externalId: "event.id",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const found = start.exec(message);
  if (!found) return undefined;
  const header = readHeader(message, found[0].startsWith("0|") ? 0 : message.indexOf("CEF:") + 4);
  if (!header) return undefined;
  const { cells, extensionAt } = header;
  const fields: Fields = {};
  put(fields, "observer.vendor", cells[1]);
  put(fields, "observer.product", cells[2]);
  put(fields, "observer.version", cells[3]);
  put(fields, "event.code", cells[4]);
  put(fields, "firebreak.raw.name", cells[5]);
  setSeverity(fields, cells[6]!);
  const read = readExtension(message, extensionAt, fields);
  fields.message ??= cells[5] === "" ? message : cells[5]!;
  finish(fields, read, cells[5]!);
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  const time = readTime(read, context);
  return time ? { dataset, fields, time } : { dataset, fields };
}

function put(fields: Fields, name: string, value: string | undefined): void {
  if (value !== undefined && value !== "") fields[name] = value;
}

/** Seven cells between "|", where "\|" and "\\" are escaped. */
function readHeader(message: string, at: number): { cells: string[]; extensionAt: number } | undefined {
  const cells: string[] = [];
  let cell = "";
  for (let i = at; i < message.length && i < at + 4000; i++) {
    const char = message[i]!;
    if (char === "\\" && i + 1 < message.length) cell += message[++i];
    else if (char === "|") {
      cells.push(cell.trim());
      cell = "";
      if (cells.length === 7) return { cells, extensionAt: i + 1 };
    } else cell += char;
  }
  return undefined;
}

interface Extension {
  values: Map<string, string>;
}

const keyPattern = /(?:^|\s)([A-Za-z0-9_.[\]-]{1,100})=/g;

/** A value runs to the next " key="; "=" inside a value is escaped ("\="), but not by every sender. */
function readExtension(message: string, at: number, fields: Fields): Extension {
  const text = message.slice(at);
  const values = new Map<string, string>();
  let name: string | undefined;
  let from = 0;
  let count = 0;
  keyPattern.lastIndex = 0;
  for (let match = keyPattern.exec(text); match; match = keyPattern.exec(text)) {
    if (text.charCodeAt(match.index + match[0].length - 2) === 92) continue;
    if (name !== undefined) setValue(fields, values, name, text.slice(from, match.index));
    if (count++ >= maxPairs) {
      fields["firebreak.truncated"] = true;
      name = undefined;
      break;
    }
    name = match[1]!;
    from = match.index + match[0].length;
  }
  if (name !== undefined) setValue(fields, values, name, text.slice(from));
  return { values };
}

const readHere = new Set([
  "fname",
  "act",
  "outcome",
  "rt",
  "start",
  "end",
  "deviceDirection",
  "request",
  "fileHash",
  "cat",
]);

function setValue(fields: Fields, values: Map<string, string>, name: string, recorded: string): void {
  const value = unescapeValue(recorded.trim());
  values.set(name, value);
  if (name === "suser" || name === "duser") {
    if (!isAbsent(value)) setAccount(fields, value, name === "suser" ? "source.user" : "destination.user");
  } else if (!readHere.has(name)) assign(fields, known, name, value);
}

/** "c6a2Label=Source IPv6 Address c6a2=2001:db8::1": where the addresses of version 6 stand. */
function setIpv6(fields: Fields, values: ReadonlyMap<string, string>): void {
  for (const [name, value] of values) {
    if (!/^c6a\d$/.test(name)) continue;
    const ip = cleanIp(value);
    const label = values.get(`${name}Label`)?.toLowerCase() ?? "";
    if (ip === undefined) continue;
    if (label.includes("source")) fields["source.ip"] ??= ip;
    else if (label.includes("destination")) fields["destination.ip"] ??= ip;
  }
}

function unescapeValue(value: string): string {
  if (!value.includes("\\")) return value;
  return value.replace(/\\([=\\|nr])/g, (_, c: string) => (c === "n" ? "\n" : c === "r" ? "\r" : c));
}

function finish(fields: Fields, { values }: Extension, name: string): void {
  for (const [key, label] of values) {
    if (!key.endsWith("Label") || label === "") continue;
    const value = values.get(key.slice(0, -5));
    if (value !== undefined && value !== "") fields[rawField(label)] = value;
  }
  const direction = values.get("deviceDirection");
  if (direction === "0" || direction === "1")
    fields["network.direction"] = direction === "0" ? "inbound" : "outbound";
  const request = values.get("request");
  if (request) setBareUrl(fields, request);
  setIpv6(fields, values);
  const file = values.get("fname");
  const folder = fields["file.path"];
  // Some senders give the folder in filePath, with its last separator.
  if (file && typeof folder === "string" && /[\\/]$/.test(folder)) setFile(fields, "file", folder + file);
  else if (file) setFile(fields, "file", file);
  const hash = values.get("fileHash") ?? "";
  const algorithm = { 32: "md5", 40: "sha1", 64: "sha256" }[hash.length];
  if (algorithm && /^[0-9a-f]+$/i.test(hash)) fields[`file.hash.${algorithm}`] = hash.toLowerCase();
  const category = values.get("cat");
  put(fields, "firebreak.raw.cat", category);
  put(fields, "firebreak.raw.act", values.get("act"));
  const side = fields["source.user.name"] === undefined ? "destination" : "source";
  for (const part of ["name", "domain"]) {
    const value = fields[`${side}.user.${part}`];
    if (value !== undefined) fields[`user.${part}`] = value;
  }
  if (!isHostName(fields["source.domain"])) delete fields["source.domain"];
  if (!isHostName(fields["destination.domain"])) delete fields["destination.domain"];
  readVendor(fields, values);
  const label = `${name} ${category ?? ""}`.trim();
  const words = vendorLabel(fields, values);
  classify(fields, `${label} ${words}`.trim(), values.get("act"));
  if (words !== "" && !values.get("act") && label !== "")
    fields["event.action"] = kebabCase(label.slice(0, 100));
  const outcome = values.get("outcome")?.toLowerCase();
  if (outcome) setCefOutcome(fields, outcome);
  finishVendor(fields, values);
  addTotals(fields);
}

/** "success", "Failure"; web gateways put the status of the response there. */
function setCefOutcome(fields: Fields, outcome: string): void {
  if (/^[1-5]\d\d$/.test(outcome)) {
    fields["http.response.status_code"] = Number(outcome);
    fields["event.outcome"] = Number(outcome) < 400 ? "success" : "failure";
  } else
    fields["event.outcome"] = /^succ/.test(outcome)
      ? "success"
      : /^fail/.test(outcome)
        ? "failure"
        : "unknown";
}

const words: Record<string, number> = { unknown: 0, low: 3, medium: 5, high: 7, "very-high": 9 };

function setSeverity(fields: Fields, recorded: string): void {
  const number = /^\d{1,2}$/.test(recorded) ? Number(recorded) : words[recorded.toLowerCase()];
  if (number !== undefined) fields["event.severity"] = number;
}

function readTime({ values }: Extension, context: ParseContext): EventTime | undefined {
  const recorded =
    values.get("rt") ??
    values.get("FTNTFGTeventtime") ??
    values.get("start") ??
    values.get("end") ??
    values.get("UNIFIutcTime");
  if (recorded === undefined) return undefined;
  return (
    epochTime(recorded, context.time) ??
    context.time.iso(recorded) ??
    createStampReader(context.time)(recorded, 0)?.time ??
    readTimeValue(recorded, context.time, "unknown")
  );
}
