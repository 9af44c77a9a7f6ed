import type { DatePart } from "../condition/tree.ts";
import type { Scalar } from "../event.ts";

const pattern =
  /^\s{0,8}(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,12})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?\s{0,8}$/i;

/**
 * A part of a date value, or undefined when the value is no date. The specification has no zone conversion: a text is
 * read as written, whatever its offset; an epoch number is read in UTC.
 */
export function datePartOf(value: Scalar, part: DatePart): number | undefined {
  const ms = instantOf(value);
  if (ms === undefined) return undefined;
  const date = new Date(ms);
  switch (part) {
    case "minute":
      return date.getUTCMinutes();
    case "hour":
      return date.getUTCHours();
    case "day":
      return date.getUTCDate();
    case "week":
      return isoWeek(date);
    case "month":
      return date.getUTCMonth() + 1;
    case "year":
      return date.getUTCFullYear();
  }
}

/** Epoch numbers up to this are seconds (the year 5138), above it milliseconds. */
const epochSecondsMax = 1e11;
const epochMsMax = 8.64e15;

function instantOf(value: Scalar): number | undefined {
  if (typeof value === "boolean") return undefined;
  const text = String(value);
  if (/^\s{0,8}\d{9,16}(?:\.\d{1,9})?\s{0,8}$/.test(text)) {
    const epoch = Number(text);
    const ms = epoch <= epochSecondsMax ? epoch * 1000 : epoch;
    return ms <= epochMsMax ? ms : undefined;
  }
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0"] = match;
  const wanted = [
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ] as const;
  if (wanted[1] > 11 || wanted[2] < 1 || wanted[3] > 23 || wanted[4] > 59 || wanted[5] > 60) return undefined;
  const ms = Date.UTC(...wanted);
  if (new Date(Date.UTC(wanted[0], wanted[1], wanted[2])).getUTCDate() !== wanted[2]) return undefined;
  return ms;
}

/** ISO 8601 week: the week of the year's first Thursday is 1. */
function isoWeek(date: Date): number {
  const dayMs = 86_400_000;
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * dayMs);
  const yearStart = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - yearStart) / dayMs / 7) + 1;
}
