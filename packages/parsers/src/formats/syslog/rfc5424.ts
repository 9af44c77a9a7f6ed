import type { EventDraft } from "@firebreak/model/event";
import type { LineFormat, LineParser, ParseContext } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { isAbsent } from "../../text/absent.ts";
import { assemble } from "./assemble.ts";
import { splitFrames } from "./frames.ts";
import type { StampReader } from "./header.ts";
import { priorityEnd, readPriority } from "./priority.ts";
import { continues } from "./rfc3164.ts";
import { looksLikeRfc5424, readRfc5424Header, readStructuredData } from "./rfc5424-header.ts";
import { createStampReader } from "./stamp.ts";

const dataset = "syslog/rfc5424";

export const format = {
  kind: "line",
  name: dataset,
  title: "Syslog, RFC 5424",
  version: 1,
  notes:
    "`<PRI>1 ISO-8601 host app procid msgid [structured data] message`, also octet-counted, and without priority or version. The stamp has its zone.",
  sniff,
  open,
} satisfies LineFormat;

function sniff(line: string): number {
  const code = line.charCodeAt(0);
  if (code === 60) {
    const close = line.indexOf(">");
    if (close < 2 || close > 4 || readPriority(line, 0) < 0) return 0;
    return looksLikeRfc5424(line, close + 1) ? 0.95 : 0;
  }
  if (code < 48 || code > 57) return 0;
  if (/^\d{1,7} <\d{1,3}>1 /.test(line.slice(0, 15))) return 0.95;
  return looksLikeRfc5424(line, 0) ? 0.85 : 0;
}

function open(context: ParseContext): LineParser {
  const readStamp = createStampReader(context.time);
  const one = (line: string) => parseOne(line, readStamp, context);
  return {
    parse(record) {
      const code = record.charCodeAt(0);
      if (code < 48 || code > 57) return one(record);
      const frames = splitFrames(record);
      if (!frames) return one(record);
      const drafts = frames.map(one);
      return drafts.every((draft) => draft !== undefined) ? drafts : undefined;
    },
    continues,
  };
}

function parseOne(line: string, readStamp: StampReader, context: ParseContext): EventDraft | undefined {
  const priority = readPriority(line, 0);
  const at = priority < 0 ? 0 : priorityEnd(line, 0);
  if (!looksLikeRfc5424(line, at)) return undefined;
  const header = readRfc5424Header(line, at);
  if (!header) return parseShort(line, at, priority, readStamp, context);
  const params: Record<string, string> = {};
  let elements: string[] | undefined;
  const dataEnd = isStructuredData(line, header.dataAt)
    ? readStructuredData(line, header.dataAt, (element, name, value) => {
        elements ??= [];
        if (elements.at(-1) !== element) elements.push(element);
        if (!isAbsent(value)) params[rawField(name)] = value;
      })
    : header.dataAt;
  let messageAt = dataEnd;
  while (line.charCodeAt(messageAt) === 32) messageAt++;
  if (line.charCodeAt(messageAt) === 0xfeff) messageAt++;
  const draft = assemble(
    {
      dataset,
      priority,
      time: header.stamp === "-" ? undefined : readStamp(`${header.stamp} `, 0)?.time,
      host: header.host,
      program: header.program,
      pid: header.pid,
      level: undefined,
      message: line.slice(messageAt).trimEnd(),
      ...(elements && { structured: line.slice(header.msgidAt) }),
    },
    context,
  );
  const fields = draft.fields;
  if (header.msgid !== undefined) fields["log.syslog.msgid"] ??= header.msgid;
  if (elements) {
    // A payload that read the structured data itself has placed the parameters already.
    if (draft.dataset === dataset || fields["firebreak.raw.sd_id"] === undefined) {
      for (const name in params) fields[name] ??= params[name]!;
    }
    fields["firebreak.raw.sd_id"] ??= elements.length === 1 ? elements[0]! : elements;
  }
  return draft;
}

/** Some products put a bracket of their own where structured data stands (`[action:"Accept"; …]`): an SD-ID holds no quote (§6.3.2). */
function isStructuredData(line: string, at: number): boolean {
  return line.charCodeAt(at) !== 91 || /^\[[^\s="\]]{1,64}[ \]]/.test(line.slice(at, at + 70));
}

/** "<134>1 1772533353.4 MX84 flows src=…": version and stamp as RFC 5424, then host and message only (Meraki). */
function parseShort(
  line: string,
  at: number,
  priority: number,
  readStamp: StampReader,
  context: ParseContext,
): EventDraft | undefined {
  const match = /^ *1 (\S{1,40}) (\S{1,255}) /.exec(line.slice(at, at + 320));
  if (!match) return undefined;
  const time = readStamp(`${match[1]} `, 0)?.time;
  return assemble(
    {
      dataset,
      priority,
      time,
      host: match[2] === "-" ? undefined : match[2],
      program: "",
      pid: "",
      level: undefined,
      message: line.slice(at + match[0].length).trimEnd(),
    },
    context,
  );
}
