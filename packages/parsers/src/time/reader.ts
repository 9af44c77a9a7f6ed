import type { TimeReader, ZoneHint } from "@firebreak/model/format";
import {
  type CivilTime,
  civilToMs,
  daysFromCivil,
  type EventTime,
  type YearSource,
} from "@firebreak/model/time";
import { readIso } from "./iso.ts";
import { createZoneReader, type LocalReading } from "./zone.ts";

/** What a case knows about the times of one evidence item. */
export interface TimeSettings {
  /** Zone for times that carry none, as the case or the organisation profile says. */
  zone?: ZoneHint;
  /**
   * What year-less times are dated by. From "neighbours" (other evidence of the case) the nearest year is taken; from
   * any other source the latest year that is not after it (a day of tolerance).
   */
  reference?: { ms: number; source: YearSource };
  /** Told when a year-less time is met: ingest reads such files last. */
  onYearless?(): void;
}

const toleranceMs = 26 * 3_600_000;
const halfYearMs = 183 * 86_400_000;

/** Creates the reader of times for one evidence item. Pure: no clock, no environment. */
export function createTimeReader(settings: TimeSettings = {}): TimeReader {
  const zoneReader = createZoneReaders();
  const fallback: ZoneHint = settings.zone ?? { zone: "UTC", source: "assumed" };
  const reference = settings.reference;

  function local(civil: CivilTime, original: string, hint?: ZoneHint, yearSource?: YearSource) {
    const wallMs = civilToMs(civil);
    if (wallMs === undefined) return undefined;
    const wanted = hint ?? fallback;
    const read = zoneReader(wanted.zone) ?? zoneReader("UTC")!;
    const reading = read(wallMs);
    const time: { -readonly [Key in keyof EventTime]: EventTime[Key] } = {
      ms: wallMs - reading.offsetMs,
      ns: (civil.nanos ?? 0) % 1e6,
      original,
      zone: wanted.zone,
      zoneSource: wanted.source,
    };
    if (yearSource) time.yearSource = yearSource;
    if (reading.dst) time.dst = reading.dst;
    return time as EventTime;
  }

  const latest = reference && reference.ms + (reference.source === "neighbours" ? halfYearMs : toleranceMs);
  const startYear = latest === undefined ? 0 : new Date(latest).getUTCFullYear();

  function yearless(given: Omit<CivilTime, "year">, original: string, hint?: ZoneHint, weekday?: number) {
    settings.onYearless?.();
    if (!reference || latest === undefined) return undefined;
    const civil: CivilTime = { ...given, year: startYear };
    let fallback: EventTime | undefined;
    // Nine years reach the leap day before any reference, also across 1900 or 2100; twelve every weekday of any other date.
    for (; civil.year > startYear - 12; civil.year--) {
      const time = local(civil, original, hint, reference.source);
      if (!time || time.ms > latest) continue;
      if (weekday === undefined || weekdayOf(civil.year, civil.month, civil.day) === weekday)
        return fallback ? { ...time, yearSource: "weekday" as const } : time;
      fallback ??= time;
    }
    return fallback;
  }

  // Neighbours in a log often share their time: the last one read is kept.
  let lastText = "";
  let lastHint: ZoneHint | undefined;
  let lastTime: EventTime | undefined;

  function iso(text: string, hint?: ZoneHint): EventTime | undefined {
    if (lastTime !== undefined && text === lastText && hint === lastHint) return lastTime;
    const read = readIso(text);
    if (read === undefined) return undefined;
    lastTime = local(read.civil, text, read.zone ?? hint);
    lastText = text;
    lastHint = hint;
    return lastTime;
  }

  return {
    instant: (ms, nanos, original) => ({ ms, ns: nanos, original, zone: "UTC", zoneSource: "in-record" }),
    iso,
    local: (civil, original, hint) => local(civil, original, hint),
    yearless,
  };
}

type ZoneReader = (wallMs: number) => LocalReading;

/** Readers of zones by name, each made once; neighbours in a log mostly share theirs. */
function createZoneReaders(): (zone: string) => ZoneReader | undefined {
  const known = new Map<string, ZoneReader | undefined>();
  let lastZone = "";
  let lastReader: ZoneReader | undefined;
  return (zone) => {
    if (zone === lastZone) return lastReader;
    if (!known.has(zone)) known.set(zone, createZoneReader(zone));
    lastZone = zone;
    lastReader = known.get(zone);
    return lastReader;
  };
}

/** 0 (Sunday) to 6: 1970-01-01 was a Thursday. */
function weekdayOf(year: number, month: number, day: number): number {
  return (((daysFromCivil(year, month, day) + 4) % 7) + 7) % 7;
}
