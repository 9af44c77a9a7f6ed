import type { TimeReader, ZoneHint } from "@firebreak/model/format";
import {
  type CivilTime,
  civilToMs,
  daysFromCivil,
  type EventTime,
  type YearSource,
} from "@firebreak/model/time";
import { createZoneReader, type LocalReading, offsetOfAbbreviation } from "./zone.ts";

/** What a case knows about the times of one evidence item. */
export interface TimeSettings {
  /** Zone for times that carry none, as the case or the organisation profile says. */
  zone?: ZoneHint;
  /**
   * What year-less times are dated by. From "neighbours" (other evidence of the case) the nearest year is taken; from
   * any other source the latest year that is not after it (a day of tolerance).
   */
  reference?: { ms: number; source: YearSource };
  /** Told when a year-less time is met: a survey uses it to read such files last. */
  onYearless?(): void;
}

const toleranceMs = 26 * 3_600_000;
const halfYearMs = 183 * 86_400_000;
const isoPattern =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]|\s{2}|, |_)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9})\d*)?)?\s?(Z|z|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Z]{3,5})?$/;

/** Creates the reader of times for one evidence item. Pure: no clock, no environment. */
export function createTimeReader(settings: TimeSettings = {}): TimeReader {
  const zones = new Map<string, ((wallMs: number) => LocalReading) | undefined>();
  const fallback: ZoneHint = settings.zone ?? { zone: "UTC", source: "assumed" };
  const reference = settings.reference;

  function zoneReader(zone: string) {
    if (!zones.has(zone)) zones.set(zone, createZoneReader(zone));
    return zones.get(zone);
  }

  function local(civil: CivilTime, original: string, hint?: ZoneHint, yearSource?: YearSource) {
    const wallMs = civilToMs(civil);
    if (wallMs === undefined) return undefined;
    const wanted = hint ?? fallback;
    const read = zoneReader(wanted.zone) ?? zoneReader("UTC")!;
    const reading = read(wallMs);
    return {
      ms: wallMs - reading.offsetMs,
      ns: (civil.nanos ?? 0) % 1e6,
      original,
      zone: wanted.zone,
      zoneSource: wanted.source,
      ...(yearSource && { yearSource }),
      ...(reading.dst && { dst: reading.dst }),
    } satisfies EventTime;
  }

  function yearless(civil: Omit<CivilTime, "year">, original: string, hint?: ZoneHint, weekday?: number) {
    settings.onYearless?.();
    if (!reference) return undefined;
    const latest = reference.ms + (reference.source === "neighbours" ? halfYearMs : toleranceMs);
    const startYear = new Date(latest).getUTCFullYear();
    let fallback: EventTime | undefined;
    // Nine years reach the leap day before any reference, also across 1900 or 2100; twelve every weekday of any other date.
    for (let year = startYear; year > startYear - 12; year--) {
      const time = local({ ...civil, year }, original, hint, reference.source);
      if (!time || time.ms > latest) continue;
      if (weekday === undefined || weekdayOf(year, civil.month, civil.day) === weekday)
        return fallback ? { ...time, yearSource: "weekday" as const } : time;
      fallback ??= time;
    }
    return fallback;
  }

  return {
    instant: (ms, nanos, original) => ({ ms, ns: nanos, original, zone: "UTC", zoneSource: "in-record" }),
    iso: (text, hint) => {
      const match = isoPattern.exec(text);
      if (!match) return undefined;
      return local(isoCivil(match), text, zoneInText(match[8]) ?? hint);
    },
    local: (civil, original, hint) => local(civil, original, hint),
    yearless,
  };
}

/** 0 (Sunday) to 6: 1970-01-01 was a Thursday. */
function weekdayOf(year: number, month: number, day: number): number {
  return (((daysFromCivil(year, month, day) + 4) % 7) + 7) % 7;
}

function isoCivil(match: RegExpExecArray): CivilTime {
  return {
    year: +match[1]!,
    month: +match[2]!,
    day: +match[3]!,
    hour: +match[4]!,
    minute: +match[5]!,
    second: match[6] === undefined ? 0 : +match[6],
    nanos: match[7] === undefined ? 0 : +match[7].padEnd(9, "0"),
  };
}

function zoneInText(text: string | undefined): ZoneHint | undefined {
  if (text === undefined) return undefined;
  if (text === "Z" || text === "z") return { zone: "UTC", source: "in-record" };
  const zone = /^[A-Z]/.test(text) ? offsetOfAbbreviation(text) : text;
  return zone === undefined ? undefined : { zone, source: "in-record" };
}
