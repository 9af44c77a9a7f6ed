import type { TimeReader, ZoneHint } from "@firebreak/model/format";
import type { CivilTime, EventTime } from "@firebreak/model/time";
import { monthNumber } from "./months.ts";
import { numberAt } from "./numbers.ts";

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
  const common = readCommon(text);
  if (common !== undefined) return time.local(common, text, zoneOf(text.slice(21)));
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
  return zone === undefined ? time.local(civil, text) : time.local(civil, text, zoneOf(zone));
}

/** The usual "10/Oct/2000:13:55:36 -0700" without a pattern; undefined for every other layout. */
function readCommon(text: string): CivilTime | undefined {
  const sign = text.charCodeAt(21);
  if (
    text.length !== 26 ||
    (sign !== 43 && sign !== 45) ||
    text.charCodeAt(2) !== 47 ||
    text.charCodeAt(6) !== 47 ||
    text.charCodeAt(11) !== 58 ||
    text.charCodeAt(14) !== 58 ||
    text.charCodeAt(17) !== 58 ||
    text.charCodeAt(20) !== 32 ||
    numberAt(text, 22, 26) < 0
  )
    return undefined;
  const day = numberAt(text, 0, 2);
  const month = monthNumber(text.slice(3, 6));
  const year = numberAt(text, 7, 11);
  const hour = numberAt(text, 12, 14);
  const minute = numberAt(text, 15, 17);
  const second = numberAt(text, 18, 20);
  if (day < 0 || month === 0 || year < 0 || hour < 0 || minute < 0 || second < 0) return undefined;
  return { year, month, day, hour, minute, second };
}

let lastZone: ZoneHint = { zone: "UTC", source: "in-record" };

/** The zone as recorded; a log keeps to one or two. */
function zoneOf(text: string): ZoneHint {
  const zone = text === "Z" ? "UTC" : text;
  if (zone !== lastZone.zone) lastZone = { zone, source: "in-record" };
  return lastZone;
}
