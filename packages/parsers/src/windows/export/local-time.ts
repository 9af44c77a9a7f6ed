import type { CivilTime } from "@firebreak/model/time";

export type DateOrder = "year-first" | "day-first" | "month-first";

/** A recorded local time in its parts, before day and month are told apart. */
export interface DateParts {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly separator: string;
  readonly hour: number;
  readonly minute: number;
  readonly secondOfMinute: number;
  readonly nanos: number;
  readonly half: "am" | "pm" | undefined;
}

const pattern =
  /^(\d{1,4})([./-])\s?(\d{1,2})[./-]\s?(\d{1,4})\.?,?(?:\s{1,3}|T)(?:(\S{1,6})\s)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,](\d{1,9}))?(?:\s?(\S{1,6}\s?\S{0,6}))?$/;

/** Words for the halves of the day in the display languages that use them. */
const halves: Readonly<Record<string, "am" | "pm">> = {
  am: "am",
  "a.m.": "am",
  "a. m.": "am",
  午前: "am",
  上午: "am",
  오전: "am",
  πμ: "am",
  "π.μ.": "am",
  sa: "am",
  öö: "am",
  pm: "pm",
  "p.m.": "pm",
  "p. m.": "pm",
  午後: "pm",
  下午: "pm",
  오후: "pm",
  μμ: "pm",
  "μ.μ.": "pm",
  ch: "pm",
  ös: "pm",
};

/** Reads "9/20/2023 10:32:17 AM", "20.09.2023 10:32:17", "2023/09/20 10:32:17" and their kin; undefined for other text. */
export function readDateParts(recorded: string): DateParts | undefined {
  if (recorded.length > 64) return undefined;
  // Windows puts direction marks and narrow spaces into localised times.
  const text = recorded
    .replace(/[\u200e\u200f\u061c]/g, "")
    .replace(/[\u00a0\u202f\u2009]/g, " ")
    .trim();
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const word = (match[5] ?? match[10])?.toLowerCase();
  const half = word === undefined || !Object.hasOwn(halves, word) ? undefined : halves[word];
  if (word !== undefined && half === undefined) return undefined;
  return {
    first: Number(match[1]),
    separator: match[2]!,
    second: Number(match[3]),
    third: Number(match[4]),
    hour: Number(match[6]),
    minute: Number(match[7]),
    secondOfMinute: Number(match[8] ?? 0),
    nanos: Number((match[9] ?? "0").padEnd(9, "0")),
    half,
  };
}

/** The wall-clock time of the parts in an order; out-of-range values are left for the reader of times to refuse. */
export function civilOf(parts: DateParts, order: DateOrder): CivilTime {
  const { first, second, third } = parts;
  const date =
    order === "year-first"
      ? { year: first, month: second, day: third }
      : order === "day-first"
        ? { year: fullYear(third), month: second, day: first }
        : { year: fullYear(third), month: first, day: second };
  const { hour, half } = parts;
  const fullHour = half === undefined ? hour : (hour % 12) + (half === "pm" ? 12 : 0);
  return { ...date, hour: fullHour, minute: parts.minute, second: parts.secondOfMinute, nanos: parts.nanos };
}

function fullYear(year: number): number {
  return year < 100 ? (year < 70 ? 2000 + year : 1900 + year) : year;
}
