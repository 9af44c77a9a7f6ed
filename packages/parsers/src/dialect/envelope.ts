import type { EventTime } from "@firebreak/model/time";
import { type Header, readHeader, type StampReader } from "../formats/syslog/header.ts";
import { priorityEnd, readPriority } from "../formats/syslog/priority.ts";
import { looksLikeRfc5424, readRfc5424Header, readStructuredData } from "../formats/syslog/rfc5424-header.ts";

/** A syslog line without its message's meaning. */
export interface DialectEnvelope {
  readonly time: EventTime | undefined;
  readonly host: string | undefined;
  readonly program: string;
  readonly priority: number;
  readonly message: string;
}

/** Takes the syslog header off a line; undefined when there is none. A second header, as relays put it, is followed. */
export function readEnvelope(line: string, readStamp: StampReader): DialectEnvelope | undefined {
  const priority = readPriority(line, 0);
  const at = priority < 0 ? 0 : priorityEnd(line, 0);
  if (looksLikeRfc5424(line, at)) {
    const header = readRfc5424Header(line, at);
    if (header) return fromRfc5424(line, header, priority, readStamp);
  }
  let header = readHeader(line, 0, readStamp);
  if (!header) return undefined;
  if (header.program === "") header = innerHeader(line, header, readStamp);
  return {
    time: header.time,
    host: header.host,
    program: header.program,
    priority: header.priority,
    message: line.slice(header.messageAt),
  };
}

function innerHeader(line: string, outer: Header, readStamp: StampReader): Header {
  const inner =
    line.charCodeAt(outer.messageAt) === 60 ? readHeader(line, outer.messageAt, readStamp) : undefined;
  return inner ? { ...inner, host: inner.host ?? outer.host, time: inner.time ?? outer.time } : outer;
}

function fromRfc5424(
  line: string,
  header: NonNullable<ReturnType<typeof readRfc5424Header>>,
  priority: number,
  readStamp: StampReader,
): DialectEnvelope {
  let end = readStructuredData(line, header.dataAt, () => {});
  while (line.charCodeAt(end) === 32 || line.charCodeAt(end) === 0xfeff) end++;
  // Products that say all in structured data have no message behind it.
  const message = end < line.length ? line.slice(end) : line.slice(header.dataAt).replace(/^\[|\]$/g, "");
  return {
    time: header.stamp === "-" ? undefined : readStamp(`${header.stamp} `, 0)?.time,
    host: header.host,
    program: header.program,
    priority,
    message,
  };
}
