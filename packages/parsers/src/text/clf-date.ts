import type { TimeReader } from "@firebreak/model/format";
import type { CivilTime, EventTime } from "@firebreak/model/time";
import { monthNumber } from "./months.ts";

/**
 * Reads the Common Log Format's "10/Oct/2000:13:55:36 -0700" (optionally ".123" after the seconds, optionally no zone).
 * Logs repeat the same second, so the last answer is kept. One reader per evidence item.
 */
export function createClfDateReader(time: TimeReader): (text: string) => EventTime | undefined {
  let lastText = "";
  let lastTime: EventTime | undefined;
  return (text) => {
    if (text === lastText) return lastTime;
    lastText = text;
    lastTime = readClfDate(text, time);
    return lastTime;
  };
}

const clfPattern =
  /^(\d{1,2})[/ ]([A-Za-z]{3})[/ ](\d{4})[: ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:\s?(Z|[+-]\d{2}:?\d{2}))?$/;

function readClfDate(text: string, time: TimeReader): EventTime | undefined {
  const match = clfPattern.exec(text);
  if (!match) return undefined;
  const civil: CivilTime = {
    year: +match[3]!,
    month: monthNumber(match[2]!),
    day: +match[1]!,
    hour: +match[4]!,
    minute: +match[5]!,
    second: +match[6]!,
    nanos: match[7] === undefined ? 0 : +match[7].padEnd(9, "0"),
  };
  const zone = match[8];
  if (zone === undefined) return time.local(civil, text);
  return time.local(civil, text, { zone: zone === "Z" ? "UTC" : zone, source: "in-record" });
}
