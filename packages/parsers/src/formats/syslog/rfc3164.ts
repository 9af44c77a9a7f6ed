import type { EventDraft } from "@firebreak/model/event";
import type { LineFormat, LineParser, ParseContext } from "@firebreak/model/format";
import { monthNumber } from "../../text/months.ts";
import { assemble } from "./assemble.ts";
import { isKnownMessage } from "./dispatch.ts";
import { splitFrames } from "./frames.ts";
import { type Header, readHeader, type StampReader } from "./header.ts";
import { looksLikeRfc5424 } from "./rfc5424-header.ts";
import { createStampReader, looksLikeStamp } from "./stamp.ts";

const dataset = "syslog/rfc3164";

/** Headers inside headers that are followed: a relay of a relay. */
const maxNesting = 3;

export const format = {
  kind: "line",
  name: dataset,
  title: "Syslog, BSD style (RFC 3164)",
  version: 1,
  notes:
    "`<PRI>Mmm dd hh:mm:ss host program[pid]: message`; priority, host and program optional; ISO and Cisco stamps; second headers of relays. Classic stamps have neither year nor zone.",
  sniff,
  open,
} satisfies LineFormat;

const tagged =
  /^ ?(?:[^\s:=|,"[\]]{1,255} +)?(?:(?:emerg|alert|crit|err|warning|notice|info|debug) +(?=[\w./-]{1,48}\[\d))?(?:[\w./+@#-]{1,64}(?:\([^)]{0,32}\))?(?:\[[^\]]{1,24}\]:?|:)(?: |$)|%[A-Z][\w-]{2,40}:|CEF: ?\d|LEEF:\d|date=\d|id=|device=)/;
const isoHead = /^\d{4}(?:-\d\d-\d\d[T ]|:\d\d:\d\d-)\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)? +/;

function sniff(line: string): number {
  const code = line.charCodeAt(0);
  if (code === 60) return sniffPriority(line);
  if (looksLikeStamp(line, 0)) {
    const clock = /^.{3} [ \d]?\d (?:\d{4} )?\d?\d:\d\d:\d\d[ .,:]/.exec(line);
    if (!clock) return 0;
    return tagged.test(line.slice(clock[0].length)) ? 0.9 : 0.6;
  }
  if (code >= 48 && code <= 57) {
    if (/^\d{1,7} <\d{1,3}>(?!\d )/.test(line.slice(0, 16))) return 0.9;
    return sniffIso(line);
  }
  return sniffNamedMonth(line);
}

/** NX-OS without a priority: "nx1: 2024 Mar  3 10:22:33 CET: %ETHPORT-5-…". */
const namedFirst =
  /^[\w.-]{1,64}: [*.]?(?:\d{4} )?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d.{0,20}: %[A-Z]/;

/** Month names in other languages, and Cisco's "*Mar  1 …". */
function sniffNamedMonth(line: string): number {
  if (namedFirst.test(line)) return 0.9;
  const match = /^[*.]?([^\s\d]{3,11}) {1,2}\d{1,2} \d\d:\d\d:\d\d\b/.exec(line.slice(0, 40));
  return match && monthNumber(match[1]!) > 0 ? 0.7 : 0;
}

function sniffPriority(line: string): number {
  const close = line.indexOf(">");
  if (close < 2 || close > 4 || looksLikeRfc5424(line, close + 1)) return 0;
  return /^<\d{1,3}>/.test(line) ? 0.85 : 0;
}

function sniffIso(line: string): number {
  const iso = isoHead.exec(line);
  if (!iso || looksLikeRfc5424(line, 0)) return 0;
  const rest = line.slice(iso[0].length);
  if (!tagged.test(rest))
    return /^[\w.:-]+ [a-z]+,(?:info|warning|error|critical|debug)\b/.test(rest) || isUntagged(line, rest)
      ? 0.8
      : 0;
  // "2024-… INFO main: …" is an application's own line more often than syslog.
  if (/^(?:[A-Z]{4,8}|info|warn\w*|error|debug|verbose|trivia) /.test(rest))
    return /^[A-Z]+ [\w./-]+\[\d+\]: |^[A-Z]+ kernel: /.test(rest) ? 0.6 : 0;
  return /^\S+ [\w./+@#()-]{1,64}(?:\[[^\]]{1,24}\]:?|:) |^\S+ (?:emerg|alert|crit|err|warning|notice|info|debug) [\w./-]{1,48}\[\d{1,10}\]|^\S+ ?: %|^(?:\S+ )?%[A-Z]/.test(
    rest,
  )
    ? 0.8
    : 0.3;
}

/** "2024-03-03T10:22:33Z relay Mar  3 10:22:33 gw1 …", "2024-03-03T10:22:33Z gw1 [action:"Accept"; …]": a header inside, or a message that a product's text tells. */
function isUntagged(line: string, rest: string): boolean {
  const zoned = /^[+-]\d{4} +/.exec(rest);
  if (line.charCodeAt(10) !== 84 && !zoned) return false;
  const host = /^(?:[+-]\d{4} +)?[\w.:-]{1,255} +/.exec(rest);
  const message = host ? rest.slice(host[0].length) : rest;
  return /^<\d{1,3}>/.test(message) || looksLikeStamp(message, 0) || isKnownMessage("", message);
}

function open(context: ParseContext): LineParser {
  const readStamp = createStampReader(context.time);
  const one = (line: string): EventDraft | undefined => parseOne(line, readStamp, context);
  return {
    parse(record) {
      const code = record.charCodeAt(0);
      if (code < 48 || code > 57) return one(record);
      const frames = splitFrames(record);
      if (!frames) return one(record);
      if (looksLikeRfc5424(frames[0]!, frames[0]!.indexOf(">") + 1)) return undefined;
      const drafts = frames.map(one);
      return drafts.every((draft) => draft !== undefined) ? drafts : undefined;
    },
    continues,
  };
}

/** An indented line below a syslog line is the rest of its message (stack traces, macOS notices). */
export function continues(pending: string, line: string): boolean {
  const code = line.charCodeAt(0);
  if (code !== 9 && code !== 32) return false;
  return sniff(pending) >= 0.3 || pending.charCodeAt(0) === 60;
}

function parseOne(line: string, readStamp: StampReader, context: ParseContext): EventDraft | undefined {
  if (!isOurs(line)) return undefined;
  const outer = readHeader(line, 0, readStamp, !looksLikeStamp(line, 0) && namedFirst.test(line));
  return outer && readBelow(line, outer, readStamp, context);
}

/** Reads what stands behind a header that was taken off already: further headers of senders, then the message. */
export function readBelow(
  line: string,
  outer: Header,
  readStamp: StampReader,
  context: ParseContext,
): EventDraft {
  const { header, relay } = innermost(line, outer, readStamp);
  const useOuter = header !== outer && outer.time !== undefined && outer.timeComplete && !header.timeComplete;
  const time = useOuter ? outer.time : (header.time ?? outer.time);
  const draft = assemble(
    {
      dataset,
      priority: header.priority >= 0 ? header.priority : outer.priority,
      time,
      host: header.host ?? outer.host,
      program: header.program,
      pid: header.pid,
      level: header.level,
      message: line.slice(header.messageAt).trimEnd(),
      relay,
    },
    context,
  );
  if (header.sequence !== undefined) draft.fields["log.syslog.msgid"] ??= header.sequence;
  if (useOuter && header.time && draft.time === time)
    draft.fields["firebreak.syslog.inner_time"] = header.time.original;
  if (header.unsynchronised) draft.fields["firebreak.syslog.clock"] = "unsynchronised";
  return draft;
}

/** The router asks the format of the last line first: lines of RFC 5424 and of applications with ISO stamps are left to others. */
function isOurs(line: string): boolean {
  const code = line.charCodeAt(0);
  if (code >= 48 && code <= 57) return !/^\d{1,7} </.test(line.slice(0, 12)) && sniffIso(line) > 0;
  if (code !== 60) return true;
  return !looksLikeRfc5424(line, line.indexOf(">") + 1);
}

/** A relay or collector puts its own header before the sender's: the innermost one names the machine of the event. */
function innermost(line: string, outer: Header, readStamp: StampReader) {
  let header = outer;
  let relay: string | undefined;
  for (let depth = 0; depth < maxNesting && header.program === ""; depth++) {
    const inner = innerHeader(line, header.messageAt, readStamp);
    if (!inner) break;
    if (header.host !== undefined && inner.host !== undefined) relay = header.host;
    inner.host ??= header.host;
    header = inner;
  }
  return { header, relay };
}

function innerHeader(line: string, at: number, readStamp: StampReader): Header | undefined {
  const code = line.charCodeAt(at);
  if (code === 60)
    return /^<\d{1,3}>/.test(line.slice(at, at + 5)) ? readHeader(line, at, readStamp) : undefined;
  const tag = ciscoTagAt(line, at);
  if (tag > at) return readHeader(line, at, readStamp, true);
  if (!looksLikeStamp(line, at) && !(code >= 48 && code <= 57 && line.charCodeAt(at + 4) === 45))
    return undefined;
  const inner = readHeader(line, at, readStamp);
  return inner && (inner.program !== "" || inner.host !== undefined) ? inner : undefined;
}

/** Where "%FACILITY-6-MNEMONIC" begins when a colon closes a short header before it; -1 else. */
function ciscoTagAt(line: string, at: number): number {
  const found = line.indexOf(": %", at);
  return found >= 0 && found - at < 90 && /^%[A-Z]/.test(line.slice(found + 2, found + 4)) ? found + 2 : -1;
}
