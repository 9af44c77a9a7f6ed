import type { Fields } from "@firebreak/model/event";
import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { readWording } from "../../network/cisco/wording.ts";
import { readSignIn } from "../../network/sign-in-words.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/cisco-wlc";

export const payload = {
  name: dataset,
  title: "Cisco wireless LAN controller (AireOS)",
  programs: [],
  accepts: (message) => headerOf(message) !== undefined,
  parse,
} satisfies SyslogPayload;

/** "*apfMsConnTask_0: Mar 05 11:12:13.123: %APF-3-AUTHENTICATION_TRAP: [SS]apf_80211.c:19703 text"; the mark of the message stands in some versions only. */
const header =
  /^(?:(?:[\w.-]{1,60}: )?\*([\w .-]{1,60}): (?:[A-Z][a-z]{2} +\d{1,2} [\d:.]{8,15}: )?|[A-Z][a-z]{2} +\d{1,2} [\d:.]{8,15}: )?[%#]([A-Z0-9_]+)-([0-7])-([A-Z0-9_]+): (?:\[\w{1,4}\])?(?:([\w.-]+\.c):(\d+) )?/;
/** Without the task in front, which the envelope may have taken, only the source file tells these messages from those of IOS. */
function headerOf(message: string): RegExpExecArray | undefined {
  const match = header.exec(message);
  if (!match) return undefined;
  const code = message.charCodeAt(0);
  return match[5] !== undefined || (code !== 37 && code !== 35) ? match : undefined;
}

const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];

const station =
  /\b(?:MACAddress|mobile|client|Client|station|STA|MAC(?: address)?)\s*[:=]?\s*((?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2})/;
const user = /\bUser ?[Nn]ame ?[:=] ?([^\s,]{1,64})/;
const address = /\bI[pP](?: Address| addr)? ?[:=] ?([\da-fA-F.:]{3,45})/;
const network = /\bSSID ?[:=] ?"?([^",]{1,32}?)"?(?:$|[ ,])/;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = headerOf(message);
  if (!match) return undefined;
  const severity = Number(match[3]);
  const fields: Fields = {
    "observer.vendor": "Cisco",
    "observer.product": "Wireless LAN Controller",
    "observer.type": "wireless",
    "event.code": match[4]!,
    "event.action": kebabCase(match[4]!),
    "event.severity": severity,
    "log.level": levels[severity]!,
    "firebreak.raw.facility": match[2]!,
  };
  const task = match[1] ?? (envelope.program.startsWith("*") ? envelope.program.slice(1) : undefined);
  if (task !== undefined) fields["process.thread.name"] = task;
  if (match[5] !== undefined) fields["log.origin.file.name"] = match[5];
  if (match[6] !== undefined) fields["log.origin.file.line"] = Number(match[6]);
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const text = message.slice(match[0].length);
  const mac = macOf(station.exec(text)?.[1] ?? "");
  if (mac !== undefined) fields["source.mac"] = mac;
  const name = user.exec(text)?.[1];
  if (name !== undefined && name !== "unknown") fields["user.name"] = name;
  const ip = address.exec(text)?.[1];
  if (ip !== undefined) setEndpoint(fields, "source", ip);
  const ssid = network.exec(text)?.[1];
  if (ssid !== undefined) fields["network.name"] = ssid;
  if (ip === undefined) readWording(text, fields);
  readSignIn(text, fields);
  fields["event.category"] ??= [mac === undefined ? "host" : "network"];
  fields["event.type"] ??= ["info"];
  return { dataset, fields };
}
