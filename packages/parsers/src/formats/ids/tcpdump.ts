import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { portOf } from "../../ecs/address-port.ts";
import { fieldBelow } from "../../ecs/field-name.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { readEpoch } from "../../infer/time-value.ts";

const pattern =
  /^(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9})|(\d{9,10}\.\d{1,9})|(\d\d:\d\d:\d\d\.\d{1,9})) (?:\w{1,16} {1,2}(?:In|Out|B|M|P) {1,4})?(IP6?) (\S{3,80}) > (\S{3,80}): ([\s\S]*)$/;
const icmp = /^ICMP6?(?:,)? /;

/** What `tcpdump` prints. Without -tttt or -tt its times have no date: such events are undated. */
export const format = {
  kind: "line",
  name: "ids/tcpdump",
  title: "tcpdump text output",
  version: 1,
  notes: "By time IP source.port > destination.port:. Dated only with -tttt (local time) or -tt (epoch).",
  sniff(line) {
    return pattern.test(line) ? 0.9 : 0;
  },
  open(context) {
    return {
      parse: (record) => parseLine(record, context),
      continues: (_pending, line) => /^\t|^ {4}/.test(line),
    };
  },
} satisfies LineFormat;

function parseLine(record: string, context: ParseContext): LineResult {
  const match = pattern.exec(record);
  if (!match) return undefined;
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["network"],
    "event.type": ["connection"],
  };
  const detail = match[7]!;
  setEnd(fields, "source", match[5]!);
  setEnd(fields, "destination", match[6]!);
  fields["network.type"] = match[4] === "IP6" ? "ipv6" : "ipv4";
  const flags = /^Flags \[([A-Z.]{1,8})\]/.exec(detail)?.[1];
  if (flags !== undefined) {
    fields["network.transport"] = "tcp";
    fields["firebreak.raw.flags"] = flags;
    if (flags === "S") fields["event.action"] = "connection-attempted";
    else if (flags === "S.") fields["event.action"] = "connection-accepted";
    else if (flags.includes("R")) fields["event.action"] = "connection-reset";
  } else if (icmp.test(detail)) fields["network.transport"] = match[4] === "IP6" ? "ipv6-icmp" : "icmp";
  else if (/^UDP|^\d{1,5}[+*-]|^NTP|^SIP|^BOOTP/.test(detail)) fields["network.transport"] = "udp";
  const query = /^\d{1,5}\+?(?: \[[^\]]{1,20}\])? ([A-Z]{1,10})\? (\S{1,255}?)\.? \(\d{1,6}\)/.exec(detail);
  if (query) {
    fields["network.protocol"] = "dns";
    fields["dns.question.type"] = query[1]!;
    fields["dns.question.name"] = query[2]!;
  }
  fields.message = detail;
  addRelated(fields);
  const time = timeOf(match, context);
  return time ? { dataset: "ids/tcpdump", time, fields } : { dataset: "ids/tcpdump", fields };
}

function timeOf(match: RegExpExecArray, context: ParseContext): EventTime | undefined {
  if (match[1] !== undefined) return context.time.iso(match[1]);
  return match[2] === undefined ? undefined : readEpoch(match[2], context.time);
}

/** "192.0.2.1.443", "2001:db8::1.53", "gw.example.https": the last part is the port or its name. */
function setEnd(fields: Fields, side: "source" | "destination", text: string): void {
  const whole = cleanIp(text);
  const dot = text.lastIndexOf(".");
  const ip = whole ?? cleanIp(text.slice(0, dot));
  if (ip !== undefined) fields[fieldBelow(side, "ip")] = ip;
  else if (dot > 0) fields[fieldBelow(side, "domain")] = text.slice(0, dot);
  if (whole !== undefined || dot < 0) return;
  const port = portOf(text.slice(dot + 1));
  if (port !== undefined) fields[fieldBelow(side, "port")] = port;
}
