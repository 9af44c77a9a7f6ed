import type { ParseContext, ZoneHint } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { monthNumber } from "./months.ts";

const pattern =
  /^(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,9}))? (\d{4})/;

/** Reads C's asctime, "Mon Jun  8 12:08:44 2020", at the head of a line: the time and the index behind it. */
export function readAsctime(
  line: string,
  context: ParseContext,
  hint?: ZoneHint,
): { time: EventTime | undefined; end: number } | undefined {
  const match = pattern.exec(line.slice(0, 48));
  if (!match) return undefined;
  const civil = {
    year: Number(match[7]),
    month: monthNumber(match[1]!),
    day: Number(match[2]),
    hour: Number(match[3]),
    minute: Number(match[4]),
    second: Number(match[5]),
    nanos: match[6] === undefined ? 0 : Number(match[6].padEnd(9, "0")),
  };
  return { time: context.time.local(civil, match[0], hint), end: match[0].length };
}
