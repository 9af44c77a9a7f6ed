import { isKnownZone } from "@firebreak/parsers/time/zone";

/** What a person says about the clock of one evidence item. Never applied to the evidence: the view is dated by it. */
export interface ClockSetting {
  /** Zone of the times whose record names none: IANA name or offset. Absent: as they were read. */
  readonly zone?: string;
  /** How far the clock was ahead of the true time, in milliseconds; negative for a slow clock. */
  readonly aheadMs: number;
}

export class ClockError extends Error {
  readonly code = "input";
}

const grammar =
  'Give a zone, an error of the clock, or both: "America/New_York", "-04:00", "12 m 46 s slow", "90 s fast", "UTC, 12 m 46 s slow"; "none" takes the setting back.';
const maxErrorMs = 50 * 366 * 86_400_000;
const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const units: Readonly<Record<string, string>> = {
  d: "d",
  day: "d",
  days: "d",
  h: "h",
  hour: "h",
  hours: "h",
  m: "m",
  min: "m",
  minute: "m",
  minutes: "m",
  s: "s",
  sec: "s",
  second: "s",
  seconds: "s",
  ms: "ms",
  millisecond: "ms",
  milliseconds: "ms",
};

/**
 * Reads the text of a clock setting; undefined for "none". Throws `ClockError` with the accepted forms.
 *
 * @example parseClock("UTC, 12 m 46 s slow") // { zone: "UTC", aheadMs: -766_000 }
 */
export function parseClock(text: string): ClockSetting | undefined {
  const trimmed = text.trim();
  if (/^(?:none|as read)$/i.test(trimmed)) return undefined;
  const error = /(?:^|[\s,;])([+-]?\d[^,;]*?(?:[a-z]))\s*(slow|behind|fast|ahead)?$/i.exec(trimmed);
  const duration = error ? readDuration(error[1]!) : undefined;
  const zoneText = duration === undefined ? trimmed : trimmed.slice(0, error!.index);
  const zone = readZone(zoneText.replace(/[\s,;]+$/, ""));
  if (duration === undefined && zone === undefined) throw unknown(text);
  if (zoneText.trim() !== "" && zone === undefined) throw unknown(text);
  if (duration === undefined) return { zone: zone!, aheadMs: 0 };
  const signed = /^[+-]/.test(error![1]!);
  const word = error![2]?.toLowerCase();
  if (signed === (word !== undefined)) {
    throw new ClockError(
      `the clock's error in ${JSON.stringify(text)} needs "slow" or "fast" behind it (or a sign: +766 s is added to each time). ${grammar}`,
    );
  }
  if (Math.abs(duration) > maxErrorMs)
    throw new ClockError(`${JSON.stringify(text)}: more than fifty years. ${grammar}`);
  // A signed number is what is added to each time, so a plus mends a slow clock.
  const aheadMs = word === "fast" || word === "ahead" ? duration : word ? -duration : -duration;
  return zone === undefined ? { aheadMs: aheadMs + 0 } : { zone, aheadMs: aheadMs + 0 };
}

function unknown(text: string): ClockError {
  return new ClockError(`${JSON.stringify(text)} is no clock setting. ${grammar}`);
}

function readZone(text: string): string | undefined {
  const zone = text.replace(/^(?:UTC|GMT)\s?([+-])(\d{1,2})(?::?(\d{2}))?$/, offsetText);
  return zone !== "" && isKnownZone(zone) ? zone : undefined;
}

function offsetText(_: string, sign: string, hours: string, minutes: string | undefined): string {
  return `${sign}${hours.padStart(2, "0")}:${minutes ?? "00"}`;
}

/** "12 m 46 s", "1h30m", "-90 s" as milliseconds; undefined when a part has no unit that is known. */
function readDuration(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  let rest = text.replace(/^[+-]\s*/, "");
  let total = 0;
  while (rest !== "") {
    const part = /^(\d{1,12}(?:\.\d{1,3})?)\s*([a-z]{1,12})\s*(?:and\s+)?/i.exec(rest);
    const unit = part && units[part[2]!.toLowerCase()];
    if (!part || !unit) return undefined;
    total += Math.round(Number(part[1]) * unitMs[unit]!);
    rest = rest.slice(part[0].length);
  }
  return sign * total;
}

/** The setting in the words that `parseClock` reads: "America/New_York, 12 m 46 s slow". */
export function clockWords(setting: ClockSetting | undefined): string {
  if (!setting) return "none";
  const parts = setting.zone === undefined ? [] : [setting.zone];
  if (setting.aheadMs !== 0)
    parts.push(`${durationWords(setting.aheadMs)} ${setting.aheadMs < 0 ? "slow" : "fast"}`);
  return parts.join(", ") || "none";
}

/** A length of time in whole units, sign left out: "12 m 46 s", "1.5 s". */
export function durationWords(ms: number): string {
  let rest = Math.abs(ms);
  if (rest < 60_000) return `${rest / 1000} s`;
  const parts: string[] = [];
  for (const unit of ["d", "h", "m"]) {
    const count = Math.floor(rest / unitMs[unit]!);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * unitMs[unit]!;
  }
  if (rest > 0) parts.push(`${rest / 1000} s`);
  return parts.join(" ");
}
