/** Offsets of time zones. Transitions fall on half hours, so one answer per zone and half hour is enough. */

const halfHourMs = 1_800_000;
const dayMs = 86_400_000;

/** "+05:30", "-0400", "+02", "Z", "UTC" as milliseconds east of UTC; undefined for anything else. */
export function parseOffset(text: string): number | undefined {
  if (text === "Z" || text === "z" || text === "UTC" || text === "GMT") return 0;
  const match = /^([+-])(\d{2}):?(\d{2})?(?::?(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 18 * 60) return undefined;
  return (match[1] === "-" ? -1 : 1) * (minutes * 60_000 + Number(match[4] ?? 0) * 1000);
}

const formatters = new Map<string, Intl.DateTimeFormat | null>();

function formatterFor(zone: string): Intl.DateTimeFormat | null {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    try {
      formatter = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    } catch {
      formatter = null;
    }
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** True for an IANA name or an offset that this runtime knows. */
export function isKnownZone(zone: string): boolean {
  return parseOffset(zone) !== undefined || formatterFor(zone) !== null;
}

function ianaOffsetMs(formatter: Intl.DateTimeFormat, utcMs: number): number {
  const name = formatter.formatToParts(utcMs).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return parseOffset(name.slice(3) || "Z") ?? 0;
}

export interface LocalReading {
  readonly offsetMs: number;
  readonly dst?: "fold" | "gap";
}

/** Reads wall-clock milliseconds (the civil time as if UTC) in a zone; one instance per zone keeps its own cache. */
export function createZoneReader(zone: string): ((wallMs: number) => LocalReading) | undefined {
  const fixed = parseOffset(zone);
  if (fixed !== undefined) {
    const reading: LocalReading = { offsetMs: fixed };
    return () => reading;
  }
  const formatter = formatterFor(zone);
  if (!formatter) return undefined;
  const cache = new Map<number, LocalReading>();
  return (wallMs) => {
    const bucket = Math.floor(wallMs / halfHourMs);
    let reading = cache.get(bucket);
    if (!reading) {
      if (cache.size > 100_000) cache.clear();
      reading = readWall(formatter, bucket * halfHourMs);
      cache.set(bucket, reading);
    }
    return reading;
  };
}

/** Around a clock change two offsets are possible: both fit (fold, the earlier instant is taken) or neither does (gap). */
function readWall(formatter: Intl.DateTimeFormat, wallMs: number): LocalReading {
  const before = ianaOffsetMs(formatter, wallMs - dayMs);
  const after = ianaOffsetMs(formatter, wallMs + dayMs);
  if (before === after) return { offsetMs: before };
  const fitsBefore = ianaOffsetMs(formatter, wallMs - before) === before;
  const fitsAfter = ianaOffsetMs(formatter, wallMs - after) === after;
  if (fitsBefore && fitsAfter) return { offsetMs: before, dst: "fold" };
  if (!fitsBefore && !fitsAfter) return { offsetMs: before, dst: "gap" };
  return { offsetMs: fitsBefore ? before : after };
}

/**
 * Offsets of the zone abbreviations that logs print. Several are ambiguous in the world (CST, IST, BST); the reading
 * taken here is the commonest one in log files, and the abbreviation itself stays in the event as the recorded zone.
 */
const abbreviations: Record<string, string> = {
  UTC: "+00:00",
  GMT: "+00:00",
  WET: "+00:00",
  WEST: "+01:00",
  BST: "+01:00",
  IST: "+05:30",
  CET: "+01:00",
  CEST: "+02:00",
  MET: "+01:00",
  MEST: "+02:00",
  EET: "+02:00",
  EEST: "+03:00",
  MSK: "+03:00",
  EST: "-05:00",
  EDT: "-04:00",
  CST: "-06:00",
  CDT: "-05:00",
  MST: "-07:00",
  MDT: "-06:00",
  PST: "-08:00",
  PDT: "-07:00",
  AKST: "-09:00",
  AKDT: "-08:00",
  HST: "-10:00",
  BRT: "-03:00",
  ART: "-03:00",
  JST: "+09:00",
  KST: "+09:00",
  SGT: "+08:00",
  HKT: "+08:00",
  AEST: "+10:00",
  AEDT: "+11:00",
  ACST: "+09:30",
  AWST: "+08:00",
  NZST: "+12:00",
  NZDT: "+13:00",
  SAST: "+02:00",
};

/** Offset of a zone abbreviation as "+02:00", or undefined. */
export function offsetOfAbbreviation(text: string): string | undefined {
  return Object.hasOwn(abbreviations, text) ? abbreviations[text] : undefined;
}

/** Milliseconds east of UTC at an instant; 0 for a zone that is not known. */
export function offsetAt(zone: string, utcMs: number): number {
  const fixed = parseOffset(zone);
  if (fixed !== undefined) return fixed;
  const formatter = formatterFor(zone);
  return formatter ? ianaOffsetMs(formatter, utcMs) : 0;
}

/** Milliseconds east of UTC of a wall-clock time read in a zone; 0 for a zone that is not known. */
export function wallOffset(zone: string, wallMs: number): number {
  const fixed = parseOffset(zone);
  if (fixed !== undefined) return fixed;
  const formatter = formatterFor(zone);
  return formatter ? readWall(formatter, wallMs).offsetMs : 0;
}
