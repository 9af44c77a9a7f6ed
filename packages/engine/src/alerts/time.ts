import { formatInstant } from "@firebreak/model/time";
import { readTimeValue } from "@firebreak/parsers/infer/time-value";
import { createTimeReader, type TimeSettings } from "@firebreak/parsers/time/reader";
import type { AlertTime } from "./alert.ts";
import { type AlertFields, firstOf, pick } from "./fields.ts";
import type { ProductShape } from "./products.ts";

const timeNames = [
  /^(event|alert|original|orig|first activity|first event|first seen|detection|detected|occurred|incident) ?(date ?)?(time|at|date)?( utc)?$/,
  /(^| )(event time|timestamp|datetime|date time|created( at| date)?|occurred( at)?|generated( at)?|start time|time generated)$/,
  /(^| )(time|date)$/,
];

/** The alert's time with where its zone came from; undefined where it has none that can be read. */
export function readAlertTime(
  fields: AlertFields,
  shape: ProductShape | undefined,
  settings: TimeSettings,
): AlertTime | undefined {
  const candidates = [
    shape && firstOf(fields, shape.time),
    ...timeNames.map((pattern) => pick(fields, pattern)),
  ].filter((text): text is string => text !== undefined);
  const zoneText = pick(fields, /(^| )(time ?zone|utc ?offset|tz)$/);
  const hint =
    zoneText === undefined ? undefined : { zone: offsetText(zoneText), source: "in-record" as const };
  for (const text of candidates) {
    const time = readTimeValue(plainTime(text), createTimeReader(settings), "unknown", hint);
    if (!time) continue;
    return {
      ms: time.ms,
      iso: formatInstant(time),
      original: text,
      zone: time.zone,
      zoneSource: time.zoneSource,
      precisionSeconds: /\d:\d\d:\d\d|\d{9}|T\d{6}/.test(text) ? 1 : 60,
    };
  }
  return undefined;
}

/** "Mar, 13, 2021, 08:20 PM" → "Mar 13, 2021, 08:20 PM"; "… UTC+3" → "… +03:00". */
function plainTime(text: string): string {
  return text
    .trim()
    .replace(/^([A-Za-z]{3,9}), ?(?=\d{1,2}\b)/, "$1 ")
    .replace(
      / ?\(?(?:UTC|GMT) ?([+-]\d{1,2}(?::?\d{2})?)\)?$/i,
      (_, offset: string) => ` ${offsetText(offset)}`,
    );
}

/** "UTC+3", "+0300", "GMT+03:00" → "+03:00"; anything else is left for the zone table. */
function offsetText(text: string): string {
  const match = /^(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?$/i.exec(text.trim());
  return match ? `${match[1]}${match[2]!.padStart(2, "0")}:${match[3] ?? "00"}` : text.trim();
}
