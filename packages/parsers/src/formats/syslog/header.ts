import type { EventTime } from "@firebreak/model/time";
import { remembering } from "../../text/remember.ts";
import { priorityEnd, readPriority } from "./priority.ts";
import { looksLikeStamp, type Stamp } from "./stamp.ts";

/** A syslog line taken apart, before anyone reads its message. */
export interface Header {
  /** -1 when the line has no "<PRI>". */
  priority: number;
  time: EventTime | undefined;
  /** The record states year and zone itself. */
  timeComplete: boolean;
  unsynchronised: boolean;
  host: string | undefined;
  /** Program without path and pid, "" when the line names none. */
  program: string;
  pid: string;
  /** A severity word that stands where the host or behind the tag ("INFO", "<Info>"). */
  level: string | undefined;
  /** Where the message begins in the line. */
  messageAt: number;
  /** Cisco's sequence number. */
  sequence: string | undefined;
  hasStamp: boolean;
}

export type StampReader = (line: string, at: number) => Stamp | undefined;

const levelWords =
  /^(?:EMERG|ALERT|CRIT|CRITICAL|ERR|ERROR|WARN|WARNING|NOTICE|INFO|DEBUG|emerg|alert|crit|err|error|warn|warning|notice|info|debug)$/;

/** Products that write messages without a tag, so that their first word is neither host nor program. */
const untagged = /^(?:CEF|LEEF|NetScreen|date|id|device|timestamp|time|Attack|AV)$/i;

/** A header of which nothing is known yet but its priority and where the rest begins. */
export function blankHeader(priority: number, messageAt: number): Header {
  return {
    priority,
    time: undefined,
    timeComplete: false,
    unsynchronised: false,
    host: undefined,
    program: "",
    pid: "",
    level: undefined,
    messageAt,
    sequence: undefined,
    hasStamp: false,
  };
}

/**
 * Reads the BSD header (RFC 3164 §4) from `at`. undefined when there is neither a priority nor a stamp. `isCisco` allows the
 * sequence number and host that Cisco puts before the stamp also where no priority announces a header.
 */
export function readHeader(
  line: string,
  at: number,
  readStamp: StampReader,
  isCisco = false,
): Header | undefined {
  const priority = readPriority(line, at);
  let i = priority < 0 ? at : priorityEnd(line, at);
  while (line.charCodeAt(i) === 32) i++;
  const header = blankHeader(priority, i);
  let stamp = readStamp(line, i);
  if (!stamp && (priority >= 0 || isCisco)) {
    const behind = skipPrefixes(line, i, header, readStamp);
    if (behind >= 0) {
      i = behind;
      stamp = readStamp(line, i);
    }
  }
  if (!stamp) {
    if (priority < 0) return undefined;
    readTag(line, i, header);
    return header;
  }
  header.time = stamp.time;
  header.timeComplete = stamp.complete;
  header.unsynchronised = stamp.unsynchronised;
  header.hasStamp = true;
  i = stamp.end;
  if (line.charCodeAt(i) !== 32 && line.charCodeAt(i - 1) !== 58 && i < line.length) {
    if (priority < 0) return undefined;
    // Something unknown is glued to the stamp; the priority says that it is syslog all the same.
    while (i < line.length && line.charCodeAt(i) !== 32 && line.charCodeAt(i - 1) !== 58) i++;
  }
  const closed = line.charCodeAt(i - 1) === 58;
  while (line.charCodeAt(i) === 32) i++;
  // IOS XR: "… 10:22:33.123 : SSHD_[66]: %SECURITY-…".
  if (isCisco || header.host !== undefined)
    if (line.charCodeAt(i) === 58 && line.charCodeAt(i + 1) === 32) i += 2;
  if (closed || header.host !== undefined) readTag(line, i, header);
  else readHostAndTag(line, i, header);
  return header;
}

/**
 * Cisco puts ": ", a sequence number, the host and a task name before the stamp: "<189>gw01: 6340004: *Mar  1 …".
 * Returns the index of the stamp behind them, or -1.
 */
function skipPrefixes(line: string, start: number, header: Header, readStamp: StampReader): number {
  let i = start;
  if (line.charCodeAt(i) === 58) {
    i++;
    while (line.charCodeAt(i) === 32) i++;
    if (readStamp(line, i)) return i;
  }
  let host: string | undefined;
  let sequence: string | undefined;
  for (let round = 0; round < 4; round++) {
    const glued = line.indexOf(":", i);
    // IOS XR: "RP/0/RP0/CPU0:Mar  3 10:22:33: …".
    if (glued > 0 && glued - i < 80 && looksLikeStamp(line, glued + 1)) {
      header.host = line.slice(i, glued).split(" ")[0];
      header.sequence = sequence;
      return glued + 1;
    }
    const colon = line.indexOf(": ", i);
    if (colon < 0 || colon - i > 80) return -1;
    const word = line.slice(i, colon);
    if (word.includes(" ") || word.includes("[")) return -1;
    if (/^\d+$/.test(word) || word === "seq") sequence = word;
    else if (host === undefined && word !== "") host = word;
    i = colon + 2;
    while (line.charCodeAt(i) === 32) i++;
    if (line.startsWith("year ", i)) i += 5;
    const code = line.charCodeAt(i);
    const maybe = (code >= 48 && code <= 57) || code === 42 || code === 46 || looksLikeStamp(line, i);
    if (maybe && readStamp(line, i)) {
      header.host = host;
      header.sequence = sequence;
      return i;
    }
  }
  return -1;
}

function readHostAndTag(line: string, start: number, header: Header): void {
  let end = line.indexOf(" ", start);
  const tab = line.indexOf("\t", start);
  if (end < 0 || (tab >= 0 && tab < end)) end = tab;
  if (end < 0) {
    readTag(line, start, header);
    return;
  }
  const word = hostWord(line.slice(start, end));
  if (!word.isHost) {
    readTag(line, start, header);
    return;
  }
  let i = end + 1;
  while (line.charCodeAt(i) === 32 || line.charCodeAt(i) === 9) i++;
  if (word.level !== undefined) header.level = word.level;
  else if (word.host !== "-") header.host = word.host;
  i = skipLevel(line, i, header);
  // "gw01 : %ASA-…": the colon closes the header.
  if (line.charCodeAt(i) === 58 && line.charCodeAt(i + 1) === 32) i += 2;
  readTag(line, i, header);
}

interface HostWord {
  readonly isHost: boolean;
  readonly host: string;
  /** Set where a severity stands in the host's place. */
  readonly level: string | undefined;
}

/** What the first word behind a stamp is. Its senders are few. */
const hostWord = remembering((recorded): HostWord => {
  const device = recorded.slice(0, -1);
  const host = recorded.endsWith(":") && isUnifiDevice(device) ? device : recorded;
  return { isHost: isHost(host), host, level: levelWords.test(host) ? host.toLowerCase() : undefined };
});

/** F5 and others put the severity between host and tag: "gw1 notice mcpd[6760]: …". Returns where the tag begins. */
export function skipLevel(line: string, at: number, header: Header): number {
  const space = line.indexOf(" ", at);
  if (space < 0 || space - at > 9 || space - at < 3 || line.charCodeAt(space - 1) === 58) return at;
  const word = line.slice(at, space);
  if (
    !levelWords.test(word) ||
    !/^[\w./-]{1,48}(?:\([\w.-]{1,32}\))?\[\d{1,10}\]:? /.test(line.slice(space + 1, space + 100))
  )
    return at;
  header.level = word.toLowerCase();
  return space + 1;
}

/** A host name or address, not yet the tag or the message. */
function isHost(word: string): boolean {
  const last = word.charCodeAt(word.length - 1);
  if (last === 58 || last === 93) return last === 93 && word.startsWith("[") && word.includes(":");
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    const isName =
      (code >= 97 && code <= 122) ||
      (code >= 48 && code <= 58) ||
      (code >= 65 && code <= 90) ||
      code === 45 ||
      code === 46 ||
      code === 95 ||
      code > 127;
    // "/" stands in syslog-ng chained hosts ("relay/gw01"), "@" in its sources ("s_net@gw01"), "%" in IPv6 zones.
    if (!isName && !(i > 0 && (code === 47 || code === 64 || code === 37))) return isUnifiDevice(word);
  }
  return true;
}

/** UniFi devices name themselves `U7PG2,788a2056b182,v4.0.66.10832` or `("U7PG2,788a…")`. */
function isUnifiDevice(word: string): boolean {
  return /^\(?"?(?:[\w.-]{1,32},)?[0-9a-f]{12},v\d[\w.]{0,40}"?\)?$/.test(word);
}

const tagEnd = 96;

/** What a tag's name says; programs are few. */
const tagOf = remembering((name) => ({
  isUntagged: untagged.test(name),
  isNumber: /^\d+$/.test(name),
  program: name.charCodeAt(0) === 47 ? name.slice(name.lastIndexOf("/") + 1) : name,
}));

/** "program[pid]: ", "program: ", "program[pid] <Level>: ", "/path/program[pid]: ", "program(module)[pid]: ". */
export function readTag(line: string, start: number, header: Header): void {
  header.messageAt = start;
  let i = start;
  const limit = Math.min(line.length, start + tagEnd);
  let code = 0;
  for (; i < limit; i++) {
    code = line.charCodeAt(i);
    if (code === 58 || code === 91 || code === 32 || code === 40) break;
    if (
      code === 9 ||
      code === 61 ||
      code === 44 ||
      code === 37 ||
      code === 124 ||
      code === 34 ||
      code === 60 ||
      code === 123
    )
      return;
  }
  let name = line.slice(start, i);
  if (i === start && code === 40) {
    // "(squid-1)[77]: …": a program that names itself in parentheses.
    const own = /^\(([\w.-]{1,60})\)(?=\[\d{1,10}\]:|:)/.exec(line.slice(start, limit));
    if (!own) return;
    name = own[1]!;
    i += own[0].length;
    code = line.charCodeAt(i);
  } else if (i === start || i === limit) return;
  if (code === 40) {
    const close = line.indexOf(")", i);
    if (close < 0 || close > limit) return;
    i = close + 1;
    code = line.charCodeAt(i);
  }
  if (code === 91) {
    const close = line.indexOf("]", i);
    if (close < 0 || close > i + 24) return;
    const pid = line.slice(i + 1, close);
    i = close + 1;
    code = line.charCodeAt(i);
    if (code === 32 && line.charCodeAt(i + 1) === 60) i = angleLevel(line, i + 1, header);
    else if (code !== 58 && code !== 32) return;
    header.pid = pid;
  } else if (code !== 58 || tagOf(name).isUntagged) return;
  else {
    const next = line.charCodeAt(i + 1);
    if (next !== 32 && next !== 9 && i + 1 < line.length) return;
  }
  if (line.charCodeAt(i) === 58) i++;
  if (line.charCodeAt(i) === 32) i++;
  header.messageAt = i;
  if (line.charCodeAt(i) === 37 && header.pid === "") {
    // Cisco: the word before "%FACILITY-…" is the sender, or a zone abbreviation that nobody else knows; never a program.
    if (!header.hasStamp || !/^[A-Z]{2,5}$/.test(name)) header.host ??= name;
    return;
  }
  const tag = tagOf(name);
  if (header.pid === "" && tag.isNumber) header.sequence ??= name;
  else header.program = tag.program;
}

/** macOS: "sockerfilterfw[1985] <Info>: message". Returns the index behind the level. */
function angleLevel(line: string, at: number, header: Header): number {
  const close = line.indexOf(">", at);
  if (close < 0 || close > at + 12) return at - 1;
  header.level = line.slice(at + 1, close).toLowerCase();
  return close + 1;
}
