import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { readStructuredData } from "../../formats/syslog/rfc5424-header.ts";
import { readEpoch } from "../../infer/time-value.ts";
import type { JsonObject } from "../../json/parse.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { readAsctime } from "../../text/c-time.ts";
import { integerOf } from "../../text/numbers.ts";
import { looksLikeEventXml, parseEventXml } from "../../windows/event-xml.ts";
import { exportedFields } from "../../windows/export/exported.ts";
import { flatEvent } from "../../windows/export/json-flat.ts";
import { windowsInteger } from "../../windows/text.ts";

const dataset = "windows/event-syslog";

/** NXLog's structured data (RFC 5424): the event's fields as its JSON has them. */
const nxlogElement = "[NXLOG@14506 ";

/** Windows events as collectors send them through syslog: Snare and NXLog's Snare form, WinCollect, evtsys, event XML. */
export const payload = {
  name: dataset,
  title: "Windows events in syslog (Snare, NXLog, WinCollect, evtsys, event XML)",
  programs: ["mswineventlog", "microsoft-windows-security-auditing", "security-auditing"],
  accepts: (message) =>
    message.includes("MSWinEventLog") ||
    (message.startsWith("AgentDevice=") && message.includes("EventIDCode=")) ||
    message.includes(nxlogElement) ||
    (message.charCodeAt(0) === 60 && looksLikeEventXml(message) && !message.includes("Linux-Sysmon")),
  parse(message, envelope, context) {
    if (message.charCodeAt(0) === 60) return fromXml(message, context);
    if (message.startsWith("AgentDevice=")) return fromWinCollect(message, context);
    if (message.includes(nxlogElement)) return fromNxlog(message, envelope);
    const at = message.indexOf("MSWinEventLog");
    if (at >= 0) return fromSnare(message.slice(at), context);
    if (envelope.program.toLowerCase() === "mswineventlog")
      return fromSnare(`MSWinEventLog\t${message}`, context);
    return fromEvtsys(message, envelope);
  },
} satisfies SyslogPayload;

function fromXml(message: string, context: ParseContext): PayloadDraft | undefined {
  const draft = parseEventXml(message, context, dataset);
  if ("reject" in draft) return undefined;
  // The XML itself is the message; it stays in the evidence.
  draft.fields.message ??= "Windows event";
  return draft.time ? { dataset, fields: draft.fields, time: draft.time } : { dataset, fields: draft.fields };
}

/**
 * Snare's columns (Snare agent guide, "Event output format"): marker, criticality, log, counter, time, event id, source, user, SID type,
 * kind, computer, category, data, text. syslog servers may have written the tabs as `#011`.
 */
function fromSnare(message: string, context: ParseContext): PayloadDraft | undefined {
  const cells = message.replaceAll("#011", "\t").split("\t");
  const eventId = windowsInteger(cells[5]?.trim() ?? "");
  if (cells.length < 13 || eventId === undefined) return undefined;
  const text = (cells[13] ?? "").trim() || cells[12]!.trim();
  const fields = exportedFields({
    system: {
      eventId,
      channel: cells[2],
      provider: cells[6],
      computer: cells[10],
      keywords: auditWords(cells[9]!),
      task: cells[11] === "" || cells[11] === "None" ? undefined : cells[11],
      recordId: integerOf(cells[3]!),
      levelName: auditWords(cells[9]!) === undefined ? cells[9]!.toLowerCase() : undefined,
    },
    message: text,
    user: cells[7],
  });
  const time = readAsctime(cells[4]!, context)?.time;
  return made(fields, time, text);
}

/** "Success Audit" of the old logs in the words of the new ones. */
function auditWords(kind: string): string | undefined {
  if (/success audit|audit success/i.test(kind)) return "Audit Success";
  return /failure audit|audit failure/i.test(kind) ? "Audit Failure" : undefined;
}

/** IBM's WinCollect: tab-separated pairs, the text last. */
function fromWinCollect(message: string, context: ParseContext): PayloadDraft | undefined {
  const start = message.indexOf("\tMessage=");
  const pairs = new Map<string, string>();
  for (const part of message.slice(0, start < 0 ? message.length : start).split("\t", 64)) {
    const at = part.indexOf("=");
    if (at > 0) pairs.set(part.slice(0, at), part.slice(at + 1));
  }
  const eventId = windowsInteger(pairs.get("EventIDCode") ?? "");
  if (eventId === undefined) return undefined;
  const text = start < 0 ? "" : message.slice(start + 9);
  const user = pairs.get("User") ?? "";
  const fields = exportedFields({
    system: {
      eventId,
      channel: pairs.get("AgentLogFile"),
      provider: pairs.get("Source"),
      computer: pairs.get("Computer"),
      keywords: pairs.get("Keywords"),
      task: pairs.get("Task"),
      opcode: pairs.get("Opcode"),
      recordId: integerOf(pairs.get("RecordNumber") ?? ""),
    },
    message: text,
    user: user === "" ? undefined : user,
  });
  const address = pairs.get("OriginatingComputer");
  if (address !== undefined && /^[\d.]{7,15}$/.test(address)) fields["host.ip"] = [address];
  return made(fields, readEpoch(pairs.get("TimeGenerated") ?? "", context.time), text);
}

function fromNxlog(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const object: JsonObject = { SourceModuleType: "im_msvistalog" };
  const end = readStructuredData(message, message.indexOf(nxlogElement), (_, name, value) => {
    object[name] = value;
  });
  if (envelope.host !== undefined) object.Hostname ??= envelope.host;
  const text = message.slice(end).trim();
  if (text !== "") object.Message ??= text;
  const json = flatEvent(object);
  return json && made(exportedFields(json.event), undefined, text);
}

const evtsys = /^(\d{1,5}): (?:AUDIT_(SUCCESS|FAILURE) )?/;

/** evtsys: the provider is the program, the message begins with the event id. */
function fromEvtsys(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = evtsys.exec(message);
  if (match === null) return undefined;
  const text = message.slice(match[0].length);
  const fields = exportedFields({
    system: {
      eventId: Number(match[1]),
      channel: "Security",
      provider: "Microsoft-Windows-Security-Auditing",
      computer: envelope.host,
      keywords: match[2] === undefined ? undefined : auditWords(`audit ${match[2]}`),
    },
    message: text,
  });
  return made(fields, undefined, text);
}

function made(fields: Fields, time: EventTime | undefined, text: string): PayloadDraft {
  if (text !== "") fields.message = text;
  return time === undefined ? { dataset, fields } : { dataset, fields, time };
}
