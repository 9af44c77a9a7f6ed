/** Where the zone of a timestamp came from, best first. */
export type ZoneSource =
  | "in-record"
  | "file-header"
  | "format-default"
  | "case-setting"
  | "inferred"
  | "assumed";

/** Where the year of a year-less timestamp came from. Absent on `EventTime` when the record states its year. */
export type YearSource = "reference-date" | "neighbours" | "file-time" | "weekday" | "assumed";

/** An instant with its provenance. The recorded text is kept and never rewritten. */
export interface EventTime {
  /** Milliseconds since 1970-01-01T00:00:00Z, floored. */
  readonly ms: number;
  /** Nanoseconds below the millisecond, 0 to 999,999. */
  readonly ns: number;
  /** The text (or raw number) as recorded. */
  readonly original: string;
  /** IANA name or offset ("-04:00") that the text was read in. */
  readonly zone: string;
  readonly zoneSource: ZoneSource;
  readonly yearSource?: YearSource;
  /** Local time that a clock change makes ambiguous (fold: earlier reading taken) or impossible (gap). */
  readonly dst?: "fold" | "gap";
  /** True where day and month could be swapped and evidence did not settle the order. */
  readonly dayMonthAmbiguous?: true;
}

/** Broken-down local time. Month is 1-12; fraction is nanoseconds of the second. */
export interface CivilTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nanos?: number;
}

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Days since 1970-01-01 of a proleptic Gregorian date. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const leapYears = (y: number) => Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const dayOfYear = daysBefore[month - 1]! + (month > 2 && isLeap ? 1 : 0) + day - 1;
  return (year - 1970) * 365 + leapYears(year - 1) - leapYears(1969) + dayOfYear;
}

/** Milliseconds of a civil time read as UTC, or undefined when a field is out of range (second 60 is a leap second). */
export function civilToMs(t: CivilTime): number | undefined {
  if (t.month < 1 || t.month > 12 || t.day < 1 || t.day > daysInMonth(t.year, t.month)) return undefined;
  if (t.hour > 23 || t.minute > 59 || t.second > 60 || t.hour < 0 || t.minute < 0 || t.second < 0)
    return undefined;
  const seconds = daysFromCivil(t.year, t.month, t.day) * 86_400 + t.hour * 3600 + t.minute * 60 + t.second;
  return seconds * 1000 + Math.floor((t.nanos ?? 0) / 1e6);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** "2023-09-20T14:32:17.123456700Z": seconds, then as many fraction digits (0, 3, 6, 7 or 9) as the value needs. */
export function formatInstant(time: { ms: number; ns: number }): string {
  const iso = new Date(time.ms).toISOString();
  if (time.ns === 0) return iso.endsWith(".000Z") ? `${iso.slice(0, -5)}Z` : iso;
  const digits = String(time.ns).padStart(6, "0");
  const kept = digits.endsWith("000")
    ? digits.slice(0, 3)
    : digits.endsWith("00")
      ? digits.slice(0, 4)
      : digits;
  return `${iso.slice(0, -1)}${kept}Z`;
}
