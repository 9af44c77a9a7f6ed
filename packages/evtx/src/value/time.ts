/** FILETIME: 100 ns steps since 1601-01-01 UTC, kept to the last digit. */

/** Seconds from 1601-01-01 to 1970-01-01. */
const epochSeconds = 11_644_473_600;

export interface SplitTime {
  /** Seconds since 1601-01-01. */
  seconds: number;
  /** 100 ns steps within the second, 0 to 9,999,999. */
  ticks: number;
}

/** Splits a FILETIME given as two 32-bit halves without losing digits. */
export function splitFiletime(low: number, high: number, into: SplitTime): SplitTime {
  // 2^32 = 429 * 10^7 + 4,967,296; the product stays below 2^53 while the year is below 26,000.
  const rest = high * 4_967_296 + low;
  if (high < 0x6000_0000) {
    const carry = Math.floor(rest / 1e7);
    into.seconds = high * 429 + carry;
    into.ticks = rest - carry * 1e7;
  } else {
    const value = (BigInt(high) << 32n) | BigInt(low);
    into.seconds = Number(value / 10_000_000n);
    into.ticks = Number(value % 10_000_000n);
  }
  return into;
}

/** Milliseconds since 1970, floored, and nanoseconds below the millisecond. */
export function toInstant(time: SplitTime): { ms: number; ns: number } {
  const milliseconds = Math.floor(time.ticks / 10_000);
  return {
    ms: (time.seconds - epochSeconds) * 1000 + milliseconds,
    ns: (time.ticks - milliseconds * 10_000) * 100,
  };
}

let cachedDay = -1;
let cachedDate = "";

/** "2024-05-06" of a day counted from 1601-01-01. Neighbouring records share their day. */
export function splitDate(day: number): string {
  if (day !== cachedDay) {
    cachedDay = day;
    cachedDate = dateOfDay(day);
  }
  return cachedDate;
}

/** "2024-05-06T07:08:09.1234567Z". As Windows renders it: the last four digits of a year past 9999. */
function formatSplit(time: SplitTime): string {
  const day = Math.floor(time.seconds / 86_400);
  const date = splitDate(day);
  const second = time.seconds - day * 86_400;
  const hours = Math.floor(second / 3600);
  const minutes = Math.floor(second / 60) % 60;
  const upper = Math.floor(time.ticks / 1000);
  const fraction = two(Math.floor(upper / 100)) + two(upper % 100) + three[time.ticks % 1000];
  return `${date}T${two(hours)}:${two(minutes)}:${two(second % 60)}.${fraction}Z`;
}

/** A FILETIME past 2^63 is none; Windows shows zeros. */
export const impossibleTime = "0000-00-00T00:00:00.0000000Z";

const scratch: SplitTime = { seconds: 0, ticks: 0 };

export function formatFiletime(low: number, high: number): string {
  return high >= 0x8000_0000 ? impossibleTime : formatSplit(splitFiletime(low, high, scratch));
}

const twoDigits = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, "0"));
const three = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, "0"));

function two(value: number): string {
  return twoDigits[value]!;
}

/** Proleptic Gregorian calendar in 400-year eras. */
function dateOfDay(day: number): string {
  // Counting from 0000-03-01 puts the leap day last; 584,694 days lie between it and 1601-01-01.
  const shifted = day + 584_694;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${String(year % 10_000).padStart(4, "0")}-${two(month)}-${two(dayOfMonth)}`;
}

/** SYSTEMTIME fields: year, month, day of week, day, hour, minute, second, millisecond. Invalid ones show 1601. */
export function formatSystemTime(fields: readonly number[]): string {
  const [year = 0, month = 0, , day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = fields;
  const isValid =
    year >= 1601 &&
    year <= 30_827 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(year, month, 0)).getUTCDate() &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    millisecond < 1000;
  if (!isValid) return "1601-01-01T00:00:00.0000000Z";
  const date = `${String(year % 10_000).padStart(4, "0")}-${two(month)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}.${String(millisecond).padStart(3, "0")}0000Z`;
}
