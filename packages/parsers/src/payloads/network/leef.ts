import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setAccount } from "../../ecs/account.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setUrl } from "../../ecs/url.ts";
import { createStampReader } from "../../formats/syslog/stamp.ts";
import { classify } from "../../network/classify.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { maxPairs } from "../../text/pairs.ts";
import { epochTime } from "../../time/epoch.ts";
import { offsetOfAbbreviation } from "../../time/zone.ts";

const dataset = "network/leef";

export const payload = {
  name: dataset,
  title: "Log Event Extended Format (LEEF)",
  programs: [],
  accepts: (message) => message.includes("LEEF:") && start.test(message),
  parse,
} satisfies SyslogPayload;

const start = /^(?:\S{1,60} )?LEEF:([12])\.\d\|/;

/** Event attributes of the LEEF guide (IBM, "Predefined LEEF event attributes"). */
const known = dictionary({
  src: "source.ip:ip",
  srcPort: "source.port:port",
  srcMAC: "source.mac:mac",
  srcPostNAT: "source.nat.ip:ip",
  srcPostNATPort: "source.nat.port:port",
  srcBytes: "source.bytes:integer",
  srcPackets: "source.packets:integer",
  dst: "destination.ip:ip",
  dstPort: "destination.port:port",
  dstMAC: "destination.mac:mac",
  dstPostNAT: "destination.nat.ip:ip",
  dstPostNATPort: "destination.nat.port:port",
  dstBytes: "destination.bytes:integer",
  dstPackets: "destination.packets:integer",
  totalBytes: "network.bytes:integer",
  totalPackets: "network.packets:integer",
  proto: "network.transport:transport",
  identHostName: "host.name",
  identSrc: "host.ip:ip",
  policy: "rule.name",
  RuleName: "rule.name",
  msg: "message",
  resource: "service.name",
  fname: "file.name",
  filePath: "file.path",
  fsize: "file.size:integer",
  malName: "threat.software.name",
  requestMethod: "http.request.method",
  requestClientApplication: "user_agent.original",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = start.exec(message);
  if (!match) return undefined;
  const cells: string[] = [];
  let at = match[0].length;
  for (let i = 0; i < 4; i++) {
    const next = message.indexOf("|", at);
    if (next < 0) return undefined;
    cells.push(message.slice(at, next));
    at = next + 1;
  }
  const separator = readSeparator(message, at, match[1] === "2");
  const fields: Fields = {};
  const names = ["observer.vendor", "observer.product", "observer.version", "event.code"];
  for (const [i, name] of names.entries()) if (cells[i] !== "") fields[name] = cells[i]!;
  const values = readAttributes(message, separator.end, separator.mark, fields);
  finish(fields, values, cells[3]!);
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  const time = readTime(values, context);
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** LEEF 2.0 may name the separator: a character, or its code as "0x5E" or "x5E". LEEF 1.0 always uses the tab, but many senders use "|" or "^". */
function readSeparator(message: string, at: number, second: boolean): { mark: string; end: number } {
  if (second) {
    const next = message.indexOf("|", at);
    const named = next < 0 ? "" : message.slice(at, next);
    const hex = /^0?x([0-9a-fA-F]{1,4})$/.exec(named);
    if (hex) return { mark: String.fromCharCode(Number.parseInt(hex[1]!, 16)), end: next + 1 };
    if (named.length === 1) return { mark: named, end: next + 1 };
    if (named === "" && next === at) return { mark: "\t", end: next + 1 };
  }
  const rest = message.slice(at, at + 400);
  if (rest.includes("\t")) return { mark: "\t", end: at };
  return { mark: /^[^|=]+=[^|]*\|/.test(rest) ? "|" : "\t", end: at };
}

const readHere = new Set(["usrName", "action", "cat", "devTime", "devTimeFormat", "sev", "url", "name"]);

function readAttributes(message: string, start: number, mark: string, fields: Fields): Map<string, string> {
  const values = new Map<string, string>();
  let at = start;
  while (at < message.length) {
    let end = message.indexOf(mark, at);
    if (end < 0) end = message.length;
    const equals = message.indexOf("=", at);
    if (equals > at && equals < end) {
      if (values.size >= maxPairs) {
        fields["firebreak.truncated"] = true;
        break;
      }
      const name = message.slice(at, equals).trim();
      const value = message.slice(equals + 1, end).trim();
      values.set(name, value);
      if (!readHere.has(name)) assign(fields, known, name, value);
    }
    at = end + 1;
  }
  return values;
}

function finish(fields: Fields, values: Map<string, string>, code: string): void {
  const user = values.get("usrName") ?? "";
  if (!isAbsent(user)) setAccount(fields, user);
  const category = values.get("cat") ?? "";
  if (category !== "") fields["firebreak.raw.cat"] = category;
  const action = values.get("action") ?? values.get("act");
  if (action) fields["firebreak.raw.action"] = action;
  const severity = values.get("sev");
  if (severity !== undefined && /^\d{1,2}$/.test(severity)) fields["event.severity"] = Number(severity);
  const malware = fields["threat.software.name"];
  if (malware !== undefined) fields["rule.name"] ??= malware;
  const url = values.get("url");
  if (url) setUrl(fields, url);
  classify(fields, `${values.get("name") ?? ""} ${category}`.trim() || code, action);
  addTotals(fields);
}

function readTime(values: Map<string, string>, context: ParseContext): EventTime | undefined {
  const recorded = values.get("devTime");
  if (recorded === undefined || recorded === "") return undefined;
  return (
    epochTime(recorded, context.time) ??
    context.time.iso(recorded) ??
    createStampReader(context.time)(recorded, 0)?.time ??
    readJavaTime(recorded, values.get("devTimeFormat") || "dd MMM yyyy HH:mm:ss", context)
  );
}

const parts = /yyyy|MMM|MM|dd|HH|mm|ss|SSS/g;

/** Day, month and year in the order that `devTimeFormat` states (Java's SimpleDateFormat): "dd/MM/yyyy HH:mm:ss z". */
function readJavaTime(recorded: string, format: string, context: ParseContext): EventTime | undefined {
  const order = format.match(parts) ?? [];
  const numbers = recorded.match(/[A-Za-z]{3}(?=[ /.-])|\d+/g) ?? [];
  const known: Record<string, string> = Object.create(null);
  for (const [i, part] of order.entries()) known[part] = numbers[i] ?? "";
  const month = known.MMM === undefined ? known.MM : monthNumber(known.MMM);
  if (!known.yyyy || !month || !known.dd || !known.HH) return undefined;
  const two = (text: string | undefined): string => (text ?? "0").padStart(2, "0");
  const clock = `${two(known.HH)}:${two(known.mm)}:${two(known.ss)}${known.SSS ? `.${known.SSS}` : ""}`;
  const zone = / ([A-Z]{2,5}|(?:GMT|UTC)?[+-]\d\d:?\d\d)$/.exec(recorded)?.[1];
  const offset = zone && (offsetOfAbbreviation(zone) ?? /[+-]\d\d:?\d\d$/.exec(zone)?.[0]);
  return context.time.iso(
    `${known.yyyy}-${two(month)}-${two(known.dd)} ${clock}`,
    offset === undefined ? undefined : { zone: offset, source: "in-record" },
  );
}

function monthNumber(name: string): string | undefined {
  const at = "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(name.toLowerCase());
  return at >= 0 && at % 3 === 0 ? String(at / 3 + 1) : undefined;
}
