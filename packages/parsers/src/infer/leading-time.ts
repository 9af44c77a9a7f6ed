import type { TimeReader } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { type DayMonthOrder, readTimeValue } from "./time-value.ts";

export interface LeadingTime {
  readonly time: EventTime;
  /** Index behind the time and the brackets around it. */
  readonly end: number;
}

const abbreviations =
  "UTC|GMT|CEST|CET|EEST|EET|WEST|WET|MSK|BST|IST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BRT|JST|KST|SGT|HKT|AEST|AEDT|NZST|NZDT|SAST";
const zone = `(?: ?(?:Z|(?:${abbreviations})\\b|[+-]\\d{2}:?\\d{2}))?`;
const clock = "\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,:]\\d{1,9})?)?(?: ?[AaPp][Mm])?";
const day = "[A-Z][a-z]{2,8},? ";
const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}";

/** Notations of a time at the start of a line, each in one group; tried in this order. */
const notations: readonly RegExp[] = [
  new RegExp(`^(\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}(?:[T _]|  |, )${clock}${zone})`),
  new RegExp(`^(\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}(?:[ T]|, |  )${clock}${zone})`),
  new RegExp(`^((?:${day})?\\d{1,2}[/ -]${month}[/ -]\\d{4}(?:[ :T]|, )${clock}${zone})`),
  new RegExp(
    `^((?:${day})?${month} {1,2}\\d{1,2},? (?:\\d{4},? )?${clock}(?: (?:(?:${abbreviations}) )?\\d{4})?${zone})`,
  ),
  /^(\d{8}[T .]?\d{6}(?:[.,]\d{1,9})?Z?)(?!\d)/,
  /^(\d{10}(?:\.\d{1,9})?|\d{13}|\d{16}|\d{19})(?=[\s,:;|\]])/,
];
/** glog and klog: severity letter, month and day, clock, no year. */
const glog = /^[IWEF](\d{2})(\d{2}) (\d{2}):(\d{2}):(\d{2})\.(\d{1,9}) /;
const prefix =
  /^(?:[\s["'(<*]{1,3}|<\d{1,3}>\d?\s?|\w{1,12}=["']?|\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\]?[\s:-]{1,6}\[?|\w{1,20}::[A-Z]{4,8}::)/;

/** Finds a time at the start of a line, behind at most an opening bracket, a priority or a level word. */
export function readLeadingTime(
  line: string,
  time: TimeReader,
  order: DayMonthOrder,
): LeadingTime | undefined {
  const direct = readAt(line, 0, time, order);
  if (direct) return direct;
  const before = prefix.exec(line.slice(0, 40));
  return before ? readAt(line, before[0].length, time, order) : undefined;
}

/** The text that looks like a time at the start of a line, unread; undefined when there is none. Cheap: for votes. */
export function leadingTimeText(line: string): string | undefined {
  const head = line.slice(0, 100);
  const before = prefix.exec(head.slice(0, 40));
  for (const start of before ? [0, before[0].length] : [0]) {
    const rest = head.slice(start);
    for (const notation of notations) {
      const match = notation.exec(rest);
      if (match) return match[1];
    }
    const klog = glog.exec(rest);
    if (klog) return klog[0];
  }
  return undefined;
}

function readAt(
  line: string,
  start: number,
  time: TimeReader,
  order: DayMonthOrder,
): LeadingTime | undefined {
  const head = line.slice(start, start + 60);
  for (const notation of notations) {
    const text = notation.exec(head)?.[1];
    if (text === undefined) continue;
    const read = readTimeValue(text.replace("_", " "), time, order);
    if (read) return { time: { ...read, original: text }, end: behind(line, start + text.length) };
  }
  const match = glog.exec(head);
  if (!match) return undefined;
  const civil = {
    month: +match[1]!,
    day: +match[2]!,
    hour: +match[3]!,
    minute: +match[4]!,
    second: +match[5]!,
    nanos: +match[6]!.padEnd(9, "0"),
  };
  const read = time.yearless(civil, match[0].trim());
  return read && { time: read, end: start + match[0].length };
}

/** Passes over what closes and separates: "] - ", ": ", ", ". */
function behind(line: string, at: number): number {
  let end = at;
  while (end < line.length && end < at + 6 && " \t]\")'>:;,|-".includes(line[end]!)) end++;
  return end;
}
