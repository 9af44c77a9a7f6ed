import type { TimeReader, ZoneHint } from "@firebreak/model/format";
import type { CivilTime, EventTime } from "@firebreak/model/time";
import { monthNumber, weekdayNumber } from "../text/months.ts";
import { numberAt } from "../text/numbers.ts";

/** Order of a numeric date that could be read both ways. "unknown" reads day first and says so in the event's time. */
export type DayMonthOrder = "day-first" | "month-first" | "unknown";

const hour = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,:](\\d{1,9})\\d*)?)?(?: ?([AaPp])\\.?[Mm]\\.?)?";
const zone = "(?: ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?";
const numeric = new RegExp(`^(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})(?:[ T,]{1,2}${hour}${zone})?$`);
/** A month in any language that `monthNumber` knows, perhaps shortened with a point. */
const month = "([\\p{L}\\p{M}]{3,12}\\.?)";
/**
 * "10/Oct/2000:13:55:36 -0700", "03-Mar-2024 10:11:12", "Tue, 3 Mar 2024 10:11:12 +0000", "3. März 2024 10:11:12",
 * "3 de marzo de 2024 10:11:12".
 */
const dayName = new RegExp(
  `^(?:\\p{L}{2,12}\\.?,? )?(\\d{1,2})(?:[ /-]|\\. | de )${month}(?:[ /-]| de )(\\d{4}),?[ :T]${hour}${zone}$`,
  "u",
);
/** "Mar  3 2024 10:11:12", "Tue Mar  3 10:11:12 2024", "March 3, 2024 10:11:12 PM", "Mar, 03, 2024, 10:11 AM". */
const monthName = new RegExp(
  `^(?:(\\p{L}{2,12})\\.?,? )?${month},? {1,2}(\\d{1,2}),?(?: (\\d{4}),?)? (?:at )?${hour}${zone}(?: (\\d{4}))?$`,
  "u",
);
/** "2024年3月3日 10:11:12", "2024년 3월 3일 10:11:12". */
const eastern = new RegExp(`^(\\d{4})[年년] ?(\\d{1,2})[月월] ?(\\d{1,2})[日일] ?${hour}${zone}$`);
const aspDate = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/;
const compact = /^(\d{4})(\d{2})(\d{2})[T .]?(\d{2}):?(\d{2}):?(\d{2})(?:[.,](\d{1,9}))?(Z?)$/;
/** ISO with what the reader's own pattern does not take: "2024-03-03T10:11:12.123 +01:00[Europe/Paris]", 12-hour clock. */
const isoTwelve = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})[ T]${hour}${zone}$`);

const zoneTwice = /( ?[+-]\d{2}:?\d{2}) [A-Z]{3,5}(?: m=[+-][\d.]{1,20})?$/;

/** Reads a time value of any notation common in logs; undefined when it is none. */
export function readTimeValue(
  value: string | number,
  time: TimeReader,
  order: DayMonthOrder = "unknown",
  hint?: ZoneHint,
): EventTime | undefined {
  if (typeof value === "number") return readEpoch(String(value), time);
  const trimmed = value.trim();
  // Go prints the zone twice: "2024-03-05 10:11:12.5 +0000 UTC m=+0.01".
  const mayBeGo = isCapital(trimmed.charCodeAt(trimmed.length - 2)) || trimmed.includes(" m=");
  const text = mayBeGo ? trimmed.replace(zoneTwice, "$1") : trimmed;
  if (text.length < 8 || text.length > 64) return undefined;
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (isDigit) {
    const iso = time.iso(text, hint);
    if (iso) return iso;
    return (
      readEpoch(text, time) ??
      readNumericDate(text, time, order, hint) ??
      readEastern(text, time, hint) ??
      readNamed(text, time, hint)
    );
  }
  return readNamed(text, time, hint);
}

/** Epoch in seconds, milli-, micro- or nanoseconds by magnitude, from 1995 to 2096; a fraction is kept to nanoseconds. */
export function readEpoch(text: string, time: TimeReader): EventTime | undefined {
  let whole = 0;
  while (isDigit(text.charCodeAt(whole))) whole++;
  const scale = whole <= 10 ? 0 : whole <= 13 ? 3 : whole <= 16 ? 6 : 9;
  if (whole !== 9 + scale && whole !== 10 + scale) return undefined;
  if (whole < text.length && !isFraction(text, whole)) return undefined;
  const seconds = numberAt(text, 0, whole - scale);
  if (seconds < 788_918_400 || seconds > 4_000_000_000) return undefined;
  const below = text.slice(whole - scale, whole) + text.slice(whole + 1);
  const nanos = below === "" ? 0 : +below.slice(0, 9).padEnd(9, "0");
  return time.instant(seconds * 1000 + Math.floor(nanos / 1e6), nanos % 1e6, text);
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A point and one to twelve digits, to the end. */
function isFraction(text: string, at: number): boolean {
  const digits = text.length - at - 1;
  return (
    text.charCodeAt(at) === 46 && digits >= 1 && digits <= 12 && numberAt(text, at + 1, text.length) >= 0
  );
}

function civil(
  year: number,
  month: number,
  day: number,
  match: RegExpExecArray,
  at: number,
): CivilTime | undefined {
  let hours = match[at] === undefined ? 0 : +match[at]!;
  const half = match[at + 4];
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half === "p" || half === "P" ? 12 : 0);
  }
  return {
    year,
    month,
    day,
    hour: hours,
    minute: match[at + 1] === undefined ? 0 : +match[at + 1]!,
    second: match[at + 2] === undefined ? 0 : +match[at + 2]!,
    nanos: match[at + 3] === undefined ? 0 : +match[at + 3]!.padEnd(9, "0"),
  };
}

function zoneHint(text: string | undefined, hint: ZoneHint | undefined): ZoneHint | undefined {
  if (text === undefined) return hint;
  return { zone: text === "Z" || text === "GMT" ? "UTC" : text, source: "in-record" };
}

function readNumericDate(text: string, time: TimeReader, order: DayMonthOrder, hint?: ZoneHint) {
  const short = compact.exec(text);
  if (short) {
    const made: CivilTime = {
      year: +short[1]!,
      month: +short[2]!,
      day: +short[3]!,
      hour: +short[4]!,
      minute: +short[5]!,
      second: +short[6]!,
      nanos: +(short[7] ?? "").padEnd(9, "0"),
    };
    return time.local(made, text, zoneHint(short[8] || undefined, hint));
  }
  const twelve = isoTwelve.exec(text);
  if (twelve) {
    const made = civil(+twelve[1]!, +twelve[2]!, +twelve[3]!, twelve, 4);
    return made && time.local(made, text, zoneHint(twelve[9], hint));
  }
  const match = numeric.exec(text);
  if (!match) return undefined;
  const resolved = resolveOrder(+match[1]!, +match[3]!, match[2]!, match[9] !== undefined, order);
  const year = match[4]!.length === 2 ? 2000 + +match[4]! : +match[4]!;
  const made = civil(year, resolved.month, resolved.day, match, 5);
  const read = made && time.local(made, text, zoneHint(match[10], hint));
  return read && resolved.ambiguous ? { ...read, dayMonthAmbiguous: true as const } : read;
}

interface ResolvedOrder {
  readonly day: number;
  readonly month: number;
  readonly ambiguous: boolean;
}

/** A number over 12 is the day; a 12-hour clock goes with the month-first order, a dot with the day-first one. */
function resolveOrder(
  a: number,
  b: number,
  separator: string,
  twelveHour: boolean,
  order: DayMonthOrder,
): ResolvedOrder {
  if (a > 12) return { day: a, month: b, ambiguous: false };
  if (b > 12) return { day: b, month: a, ambiguous: false };
  if (order === "month-first") return { day: b, month: a, ambiguous: false };
  if (order === "day-first" || a === b || separator === ".") return { day: a, month: b, ambiguous: false };
  return twelveHour ? { day: b, month: a, ambiguous: true } : { day: a, month: b, ambiguous: true };
}

function readNamed(text: string, time: TimeReader, hint?: ZoneHint): EventTime | undefined {
  const asp = aspDate.exec(text);
  if (asp) return time.instant(+asp[1]!, 0, text);
  const day = dayName.exec(text);
  if (day) {
    const number = monthOf(day[2]!);
    const made = number === 0 ? undefined : civil(+day[3]!, number, +day[1]!, day, 4);
    return made && time.local(made, text, zoneHint(day[9], hint));
  }
  const named = monthName.exec(text);
  if (!named) return undefined;
  const number = monthOf(named[2]!);
  const year = named[4] ?? named[11];
  const made =
    number === 0 ? undefined : civil(year === undefined ? 2000 : +year, number, +named[3]!, named, 5);
  if (!made) return undefined;
  const zoned = zoneHint(named[10], hint);
  if (year !== undefined) return time.local(made, text, zoned);
  return time.yearless(made, text, zoned, weekdayNumber(named[1] ?? ""));
}

/** English months are known by three letters of any length ("Sept", "Septmbr"); others by the names that logs print. */
function monthOf(name: string): number {
  return monthNumber(name) || monthNumber(name.slice(0, 3));
}

function readEastern(text: string, time: TimeReader, hint?: ZoneHint): EventTime | undefined {
  const match = eastern.exec(text);
  const made = match && civil(+match[1]!, +match[2]!, +match[3]!, match, 4);
  return made ? time.local(made, text, zoneHint(match![9], hint)) : undefined;
}

const numericStart = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b/;
/** Days in a row that are taken for days: months seldom follow each other on one day. */
const fewestDays = 3;

/**
 * The order that dates of a column prove: by a number over 12 in one of the places, else by days that go by while the other
 * number stands still. undefined when nothing does, and when they contradict each other.
 */
export function provenOrder(samples: readonly string[]): DayMonthOrder | undefined {
  let isDayFirst = false;
  let isMonthFirst = false;
  const firsts = new Set<number>();
  const seconds = new Set<number>();
  for (const sample of samples) {
    const match = numericStart.exec(sample.trim());
    if (!match) continue;
    const [a, b] = [+match[1]!, +match[2]!];
    firsts.add(a);
    seconds.add(b);
    if (a > 12 && b <= 12) isDayFirst = true;
    if (b > 12 && a <= 12) isMonthFirst = true;
  }
  if (isDayFirst || isMonthFirst) {
    if (isDayFirst && isMonthFirst) return undefined;
    return isDayFirst ? "day-first" : "month-first";
  }
  if (seconds.size === 1 && isRun(firsts)) return "day-first";
  return firsts.size === 1 && isRun(seconds) ? "month-first" : undefined;
}

/** Three numbers or more without a hole. */
function isRun(numbers: ReadonlySet<number>): boolean {
  return numbers.size >= fewestDays && Math.max(...numbers) - Math.min(...numbers) === numbers.size - 1;
}
