const halfHourMs = 30 * 60_000;
const maxZoneMs = 14 * 3_600_000;
/** Clocks that differ by less agree: whole seconds, and the time that a line needs to be written. */
const agreementMs = 2000;

export interface SplitOffset {
  /** Whole half hours: another zone. */
  readonly zoneMs: number;
  /** The rest: the clock itself. */
  readonly errorMs: number;
}

/**
 * Splits how far a source is ahead into a zone and an error of its clock. The nearest whole half hour is the zone, where
 * the source's records state none; what remains within the spread is no error.
 *
 * @param zoneMayDiffer false where each record states its zone: then all of it is the clock's
 */
export function splitOffset(offsetMs: number, spreadMs: number, zoneMayDiffer: boolean): SplitOffset {
  const nearest = Math.round(offsetMs / halfHourMs) * halfHourMs;
  const zoneMs = zoneMayDiffer && Math.abs(nearest) <= maxZoneMs ? nearest + 0 : 0;
  const errorMs = offsetMs - zoneMs;
  return { zoneMs, errorMs: Math.abs(errorMs) <= Math.max(agreementMs, spreadMs) ? 0 : errorMs };
}

/** "+05:30" for milliseconds east of UTC; "UTC" for none. */
export function offsetName(ms: number): string {
  if (ms === 0) return "UTC";
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${ms < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
