import type { TimeReader } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { numberAt } from "../text/numbers.ts";

const earliestMs = Date.UTC(1990, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

/**
 * Reads an epoch whose unit its digits tell: 9 to 10 seconds (with an optional fraction), 13 milliseconds, 16 microseconds, 19 nanoseconds.
 * undefined for any other text, and for values before 1990 or after 2099, which are no times of a log.
 */
export function epochTime(text: string, time: TimeReader): EventTime | undefined {
  const dot = text.indexOf(".");
  const length = dot < 0 ? text.length : dot;
  const secondDigits = unitDigits(length);
  if (secondDigits === undefined || (dot >= 0 && length > 10)) return undefined;
  const seconds = numberAt(text, 0, secondDigits);
  const nanos = dot < 0 ? fractionAt(text, secondDigits, length) : fractionAt(text, dot + 1, text.length);
  if (seconds < 0 || nanos < 0 || dot === text.length - 1) return undefined;
  const ms = seconds * 1000 + Math.floor(nanos / 1e6);
  if (ms < earliestMs || ms > latestMs) return undefined;
  return time.instant(ms, nanos % 1e6, text);
}

/** Nanoseconds of the digits of a fraction, those behind the ninth passed over; -1 when one of them is no digit. */
function fractionAt(text: string, from: number, to: number): number {
  const end = Math.min(to, from + 9);
  const digits = numberAt(text, from, end);
  return digits < 0 || numberAt(text, end, to) < 0 ? -1 : digits * 10 ** (9 - (end - from));
}

function unitDigits(length: number): number | undefined {
  if (length === 9 || length === 10) return length;
  return length === 13 || length === 16 || length === 19 ? 10 : undefined;
}
