import type { TimeReader, ZoneHint } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { monthNumber } from "../../text/months.ts";
import { numberAt } from "../../text/numbers.ts";
import { offsetOfAbbreviation } from "../../time/zone.ts";

/** A timestamp at the head of a syslog line. `time` is absent when the text is a stamp of an impossible date. */
export interface Stamp {
  time: EventTime | undefined;
  /** Index behind the stamp, its zone and year, and a colon that closes it. */
  end: number;
  /** The record states year and zone itself. */
  complete: boolean;
  /** Cisco marks a clock that is not set ("*") or not synchronised ("."). */
  unsynchronised: boolean;
}

const monthByCode = new Map<number, number>();
for (const name of ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
  monthByCode.set(codeOf(name, 0), monthNumber(name));

function codeOf(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | (text.charCodeAt(at + 1) << 8) | text.charCodeAt(at + 2);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** 1 to 12 where an English month name stands; a log keeps to one for long. */
function monthAt(line: string, at: number): number | undefined {
  const code = codeOf(line, at);
  if (code !== lastMonthCode) {
    lastMonth = monthByCode.get(code);
    lastMonthCode = code;
  }
  return lastMonth;
}
let lastMonthCode = -1;
let lastMonth: number | undefined;

/** True when an English month name and a day number stand at `at`: the commonest stamp, cheaply told. */
export function looksLikeStamp(line: string, at: number): boolean {
  return line.charCodeAt(at + 3) === 32 && monthAt(line, at) !== undefined;
}

/**
 * Creates a reader of the stamps that syslog senders write: RFC 3164 §4.1.2 ("Mar  3 10:22:33"), with fraction, year or
 * zone as Cisco adds them ("*Mar  1 00:00:00.123 UTC:", "2024 Mar  3 10:22:33 CET:", "Mar 03 2024 10:22:33:"), RFC 3339
 * and its variants, and epoch seconds. The last second read is kept: neighbours mostly share it.
 */
export function createStampReader(time: TimeReader): (line: string, at: number) => Stamp | undefined {
  let lastKey = -1;
  let lastTime: EventTime | undefined;

  function civilStamp(
    line: string,
    at: number,
    month: number,
    dayAt: number,
    year: number,
  ): Stamp | undefined {
    let i = dayAt;
    while (line.charCodeAt(i) === 32 && i < dayAt + 3) i++;
    const dayEnd = isDigit(line.charCodeAt(i + 1)) ? i + 2 : i + 1;
    const day = numberAt(line, i, dayEnd);
    i = dayEnd;
    while (line.charCodeAt(i) === 32 && i < dayEnd + 2) i++;
    if (i === dayEnd) return undefined;
    if (isDigit(line.charCodeAt(i + 3)) && line.charCodeAt(i + 4) === 32) {
      year = numberAt(line, i, i + 4);
      i += 5;
    }
    const hourEnd = line.charCodeAt(i + 1) === 58 ? i + 1 : i + 2;
    if (line.charCodeAt(hourEnd) !== 58 || line.charCodeAt(hourEnd + 3) !== 58) return undefined;
    const hour = numberAt(line, i, hourEnd);
    const minute = numberAt(line, hourEnd + 1, hourEnd + 3);
    const second = numberAt(line, hourEnd + 4, hourEnd + 6);
    if (day < 0 || hour < 0 || minute < 0 || second < 0) return undefined;
    const tail = readTail(line, hourEnd + 6, year);
    const zone = tail.zone;
    const key = (((month * 32 + day) * 24 + hour) * 60 + minute) * 60 + second;
    const simple = tail.year < 0 && zone === undefined && tail.nanos === 0;
    let value: EventTime | undefined;
    if (simple && key === lastKey) value = lastTime;
    else {
      const civil = { month, day, hour, minute, second, nanos: tail.nanos };
      const original = line.slice(at, tail.textEnd);
      value =
        tail.year < 0
          ? time.yearless(civil, original, zone)
          : time.local({ ...civil, year: tail.year }, original, zone);
      if (simple) {
        lastKey = key;
        lastTime = value;
      }
    }
    return {
      time: value,
      end: tail.end,
      complete: tail.year >= 0 && zone !== undefined,
      unsynchronised: false,
    };
  }

  return (line, at) => {
    const code = line.charCodeAt(at);
    if (code !== 42 && code !== 46) return readStamp(line, at, time, civilStamp);
    const stamp = readStamp(line, at + 1, time, civilStamp);
    if (stamp) stamp.unsynchronised = true;
    return stamp;
  };
}

/** @param year -1 where none stands before the month */
type CivilStampReader = (
  line: string,
  at: number,
  month: number,
  dayAt: number,
  year: number,
) => Stamp | undefined;

function readStamp(
  line: string,
  at: number,
  time: TimeReader,
  civilStamp: CivilStampReader,
): Stamp | undefined {
  const code = line.charCodeAt(at);
  if (isDigit(code)) {
    const fifth = line.charCodeAt(at + 4);
    if (fifth === 45 || fifth === 47) return isoStamp(line, at, time);
    if (fifth === 58) return colonStamp(line, at, time);
    if (fifth === 32 && looksLikeStamp(line, at + 5))
      return civilStamp(line, at, monthByCode.get(codeOf(line, at + 5))!, at + 8, numberAt(line, at, at + 4));
    return epochStamp(line, at, time);
  }
  const month = monthByCode.get(codeOf(line, at));
  if (month !== undefined) return civilStamp(line, at, month, at + 3, -1);
  const space = line.indexOf(" ", at);
  if (space - at < 2 || space - at > 12) return undefined;
  const named = monthNumber(line.slice(at, space));
  return named === 0 ? undefined : civilStamp(line, at, named, space, -1);
}

function isoStamp(line: string, at: number, time: TimeReader): Stamp | undefined {
  let end = at + 10;
  const code = line.charCodeAt(end);
  if (code !== 84 && code !== 32 && code !== 116) return undefined;
  end += 9;
  if (line.charCodeAt(end - 3) !== 58) return undefined;
  while (!isBreak(line.charCodeAt(end)) && end < line.length && end < at + 48) end++;
  let text = line.slice(at, end);
  if (text.endsWith(":")) text = text.slice(0, -1);
  // Some templates print the offset and then a "Z" behind it.
  if (/[+-]\d\d:\d\dZ$/.test(text)) text = text.slice(0, -1);
  const value = time.iso(code === 116 ? text.toUpperCase() : text);
  if (!value) return undefined;
  const zone = zoneAt(line, end);
  if (zone && value.zoneSource !== "in-record") {
    const zoned = time.iso(text, zone.hint);
    return { time: zoned, end: zone.end, complete: true, unsynchronised: false };
  }
  const stop = zone ? zone.end : end;
  return { time: value, end: stop, complete: value.zoneSource === "in-record", unsynchronised: false };
}

/** Sophos UTM: "2024:03:05-10:00:00". */
function colonStamp(line: string, at: number, time: TimeReader): Stamp | undefined {
  const match = /^(\d{4}):(\d\d):(\d\d)-(\d\d:\d\d:\d\d) /.exec(line.slice(at, at + 20));
  const value = match && time.iso(`${match[1]}-${match[2]}-${match[3]} ${match[4]}`);
  return value ? { time: value, end: at + 19, complete: false, unsynchronised: false } : undefined;
}

function isBreak(code: number): boolean {
  return code === 32 || code === 9;
}

interface Tail {
  end: number;
  /** Index behind the last character that belongs to the recorded time. */
  textEnd: number;
  nanos: number;
  year: number;
  zone: ZoneHint | undefined;
}

/** What may follow the seconds: a fraction, a year, a zone, a colon. */
function readTail(line: string, from: number, year: number): Tail {
  let i = from;
  let nanos = 0;
  const mark = line.charCodeAt(i);
  if ((mark === 46 || mark === 44) && isDigit(line.charCodeAt(i + 1))) {
    let end = i + 1;
    while (isDigit(line.charCodeAt(end)) && end < i + 10) end++;
    nanos = Number(line.slice(i + 1, end).padEnd(9, "0"));
    i = end;
  }
  const following = line.charCodeAt(i + 5);
  if (line.charCodeAt(i) === 32 && year < 0 && (following === 32 || following === 58)) {
    const stated = numberAt(line, i + 1, i + 5);
    if (stated >= 1970 && stated < 2100) {
      year = stated;
      i += 5;
    }
  }
  const zone = zoneAt(line, i);
  const textEnd = zone ? zone.end : i;
  i = textEnd;
  if (line.charCodeAt(i) === 58) i++;
  return { end: i, textEnd, nanos, year, zone: zone?.hint };
}

const zones = new Map<string, ZoneHint | undefined>();

/** Java's zones without a name: "GMT+01:00". */
const fromGreenwich = /^(?:GMT|UTC)([+-]\d\d:?\d\d)(?![\d:])/;

/** A zone abbreviation or offset behind a stamp ("UTC:", " GMT host", " +0200 ", " GMT+01:00"). */
function zoneAt(line: string, at: number): { hint: ZoneHint; end: number } | undefined {
  if (line.charCodeAt(at) !== 32) return undefined;
  const first = line.charCodeAt(at + 1);
  const isOffset = (first === 43 || first === 45) && isDigit(line.charCodeAt(at + 2));
  if (!isOffset && (first < 65 || first > 90 || line.charCodeAt(at + 2) < 65 || line.charCodeAt(at + 2) > 90))
    return undefined;
  const sign = line.charCodeAt(at + 4);
  if (!isOffset && (sign === 43 || sign === 45)) {
    const java = fromGreenwich.exec(line.slice(at + 1, at + 11));
    if (java) return { hint: { zone: java[1]!, source: "in-record" }, end: at + 1 + java[0].length };
  }
  let end = at + 1;
  const limit = Math.min(line.length, at + 8);
  while (end < limit) {
    const code = line.charCodeAt(end);
    if (code === 32 || (code === 58 && !isOffset)) break;
    end++;
  }
  const text = line.slice(at + 1, end);
  if (!zones.has(text)) {
    if (zones.size > 1000) zones.clear();
    const zone = isOffset ? (/^[+-]\d\d:?\d\d$/.test(text) ? text : undefined) : offsetOfAbbreviation(text);
    zones.set(text, zone === undefined ? undefined : { zone, source: "in-record" });
  }
  const hint = zones.get(text);
  return hint && { hint, end };
}

/** Epoch seconds with an optional fraction, or milliseconds: "1772533353.123456789 ". */
function epochStamp(line: string, at: number, time: TimeReader): Stamp | undefined {
  let end = at;
  while (isDigit(line.charCodeAt(end)) && end < at + 14) end++;
  const digits = end - at;
  if (digits !== 10 && digits !== 13) return undefined;
  let fraction = "";
  if (digits === 10 && line.charCodeAt(end) === 46) {
    const from = end + 1;
    end = from;
    while (isDigit(line.charCodeAt(end)) && end < from + 9) end++;
    fraction = line.slice(from, end);
  }
  if (line.charCodeAt(end) !== 32) return undefined;
  const whole = numberAt(line, at, at + digits);
  if (digits === 10 && whole < 300_000_000) return undefined;
  const nanos = fraction === "" ? 0 : Number(fraction.padEnd(9, "0"));
  const ms = digits === 13 ? whole : whole * 1000 + Math.floor(nanos / 1e6);
  const value = time.instant(ms, nanos % 1e6, line.slice(at, end));
  return { time: value, end, complete: true, unsynchronised: false };
}
