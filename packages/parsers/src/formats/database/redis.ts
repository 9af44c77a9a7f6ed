import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { fieldBelow } from "../../ecs/field-name.ts";
import { addRelated } from "../../ecs/related.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { findAddresses } from "../../text/find-addresses.ts";
import { monthNumber } from "../../text/months.ts";

const server =
  /^(\d{1,10}):([XCSM]) (\d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}\.\d{3}) ([.\-*#]) ([\s\S]*)$/;
/** Before Redis 5 no year; before Redis 3 the process in brackets. */
const old =
  /^(?:\[(?=\d{1,10}\]))?(\d{1,10})(?:\]|:[XCSM]) (\d{1,2}) ([A-Z][a-z]{2}) (\d{2}):(\d{2}):(\d{2})\.(\d{3}) ([.\-*#]) ([\s\S]*)$/;
/** The MONITOR command: epoch, database and client, then the command's words in quotes. */
const monitor = /^(\d{10}\.\d{6}) \[(\d{1,5}) ([^\]]{1,80})\] ("[\s\S]*")$/;
const levels: Record<string, string> = { ".": "debug", "-": "verbose", "*": "notice", "#": "warning" };

/** Redis and Valkey: server log, local time without a zone; output of MONITOR, epoch seconds. */
export const format = {
  kind: "line",
  name: "database/redis",
  title: "Redis log and MONITOR output",
  version: 2,
  notes:
    "By pid:role, date and level sign; before Redis 5 a date without year, before 3 [pid]; MONITOR by epoch, [db client] and quoted words. Local time without a zone, MONITOR UTC.",
  sniff(line) {
    return server.test(line) || old.test(line) || monitor.test(line) ? 0.97 : 0;
  },
  open(context) {
    const readDate = createClfDateReader(context.time);
    return { parse: (record) => parseRedis(record, readDate, context) };
  },
} satisfies LineFormat;

function parseRedis(
  record: string,
  readDate: (text: string) => EventTime | undefined,
  context: ParseContext,
): LineResult {
  const watched = monitor.exec(record);
  if (watched) return parseMonitor(watched, context);
  const match = server.exec(record);
  if (match) {
    const time = readDate(match[3]!);
    return time ? draft(match[1]!, match[4]!, match[5]!, time) : { reject: "no valid date" };
  }
  const before = old.exec(record);
  if (!before) return undefined;
  const civil = {
    month: monthNumber(before[3]!),
    day: +before[2]!,
    hour: +before[4]!,
    minute: +before[5]!,
    second: +before[6]!,
    nanos: +before[7]! * 1e6,
  };
  const text = `${before[2]} ${before[3]} ${before[4]}:${before[5]}:${before[6]}.${before[7]}`;
  return draft(before[1]!, before[8]!, before[9]!, context.time.yearless(civil, text));
}

function draft(pid: string, level: string, message: string, time: EventTime | undefined): LineResult {
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["database"],
    "event.type": ["info"],
    "process.pid": Number(pid),
    "log.level": levels[level]!,
    message,
  };
  const addresses = findAddresses(message);
  if (addresses.length === 1 && /^Accepted |SECURITY ATTACK|Client id=/.test(message))
    fields["source.ip"] = addresses[0]!;
  if (addresses.length > 0) fields["related.ip"] = addresses;
  addRelated(fields);
  return time ? { dataset: "database/redis", time, fields } : { dataset: "database/redis", fields };
}

function parseMonitor(match: RegExpExecArray, context: ParseContext): LineResult {
  const [seconds, micros] = match[1]!.split(".") as [string, string];
  const ms = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  const time = context.time.instant(ms, (Number(micros) % 1000) * 1000, match[1]!);
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["database"],
    "event.type": ["access"],
    message: match[4]!,
    "firebreak.raw.database": match[2]!,
  };
  const command = /^"((?:[^"\\]|\\.){1,64})"/.exec(match[4]!)?.[1];
  if (command !== undefined) fields["event.action"] = command.toLowerCase();
  const { ip, port } = splitAddressPort(match[3]!);
  for (const side of ["source", "client"]) {
    if (ip !== undefined) fields[fieldBelow(side, "ip")] = ip;
    if (port !== undefined) fields[fieldBelow(side, "port")] = port;
  }
  addRelated(fields);
  return { dataset: "database/redis", time, fields };
}
