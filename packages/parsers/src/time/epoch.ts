import type { TimeReader } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";

const earliestMs = Date.UTC(1990, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

/**
 * Reads an epoch whose unit its digits tell: 9 to 10 seconds (with an optional fraction), 13 milliseconds, 16 microseconds, 19 nanoseconds.
 * undefined for any other text, and for values before 1990 or after 2099, which are no times of a log.
 */
export function epochTime(text: string, time: TimeReader): EventTime | undefined {
  const match = /^(\d{9,19})(?:\.(\d{1,9})\d*)?$/.exec(text);
  if (!match) return undefined;
  const digits = match[1]!;
  const secondDigits = unitDigits(digits.length);
  if (secondDigits === undefined || (match[2] !== undefined && digits.length > 10)) return undefined;
  const seconds = Number(digits.slice(0, secondDigits));
  const nanos = Number((digits.slice(secondDigits) + (match[2] ?? "")).padEnd(9, "0").slice(0, 9));
  const ms = seconds * 1000 + Math.floor(nanos / 1e6);
  if (ms < earliestMs || ms > latestMs) return undefined;
  return time.instant(ms, nanos % 1e6, text);
}

function unitDigits(length: number): number | undefined {
  if (length <= 10) return length;
  return length === 13 || length === 16 || length === 19 ? 10 : undefined;
}
