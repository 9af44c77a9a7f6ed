/**
 * Reading JSON of strangers: every accessor returns what is there in the type asked for, or undefined; nothing throws.
 * Providers leave members out, write null, give one object where a list is documented, and numbers as text.
 */
import { formatInstant } from "@firebreak/model/time";

export type Json = Record<string, unknown>;

/** Longest list that is read from one member; documents are bounded in bytes, so that none of them reaches it. */
export const maxListed = 2_000_000;
const maxTextChars = 2000;

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member at a path of names: `at(answer, "data", "attributes")`. Only own members count. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) {
    if (!isRecord(here) || !Object.hasOwn(here, name)) return undefined;
    here = here[name];
  }
  return here ?? undefined;
}

export function recordAt(value: unknown, ...path: readonly string[]): Json | undefined {
  const found = at(value, ...path);
  return isRecord(found) ? found : undefined;
}

/** A list; one object or text where a list is documented is a list of one. */
export function listAt(value: unknown, ...path: readonly string[]): unknown[] {
  const found = path.length === 0 ? value : at(value, ...path);
  if (found === undefined || found === null || found === "") return [];
  return Array.isArray(found) ? found.slice(0, maxListed) : [found];
}

export function recordsAt(value: unknown, ...path: readonly string[]): Json[] {
  return listAt(value, ...path).filter(isRecord);
}

/** A text that says something; numbers and booleans as text. Cut at 2,000 characters. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.length === 0 ? value : at(value, ...path);
  if (typeof found === "number" || typeof found === "boolean") return String(found);
  if (typeof found !== "string") return undefined;
  const text = found.trim();
  return text === "" ? undefined : text.slice(0, maxTextChars);
}

export function textsAt(value: unknown, ...path: readonly string[]): string[] {
  return listAt(value, ...path).flatMap((item) => textAt(item) ?? []);
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = path.length === 0 ? value : at(value, ...path);
  if (typeof found === "number") return Number.isFinite(found) ? found : undefined;
  if (typeof found !== "string" || !/^\s*-?\d{1,15}(?:\.\d{1,9})?\s*%?\s*$/.test(found)) return undefined;
  return Number.parseFloat(found);
}

/** true, "true", 1, "1", "yes". */
export function flagAt(value: unknown, ...path: readonly string[]): boolean {
  const found = path.length === 0 ? value : at(value, ...path);
  return found === true || found === 1 || (typeof found === "string" && /^(?:true|1|yes)$/i.test(found));
}

const isoLike =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;

/**
 * A time as UTC text: epoch seconds or milliseconds, or ISO 8601 with "T" or a space. A time without a zone is read as
 * UTC: every provider here documents its times so.
 */
export function timeAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.length === 0 ? value : at(value, ...path);
  const number = numberAt(found);
  if (number !== undefined) return ofEpoch(number);
  if (typeof found !== "string") return undefined;
  const parts = isoLike.exec(found.trim());
  if (!parts) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction, zone = "Z"] = parts;
  const offset = /^(?:Z|UTC|GMT)$/i.test(zone) ? "Z" : zone.replace(/^(.\d\d):?/, "$1:");
  const ms = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${(fraction ?? "0").slice(0, 3).padEnd(3, "0")}${offset}`,
  );
  return Number.isNaN(ms) ? undefined : formatInstant({ ms, ns: 0 });
}

function ofEpoch(number: number): string | undefined {
  // Seconds until the year 5138, milliseconds above: as all providers write one or the other.
  const ms = Math.abs(number) < 1e11 ? number * 1000 : number;
  return ms <= 0 || ms > 8.64e15 ? undefined : formatInstant({ ms: Math.floor(ms), ns: 0 });
}

/** The earliest or latest of times that may be missing. */
export function earliest(times: readonly (string | undefined)[]): string | undefined {
  return sortTimes(times)[0];
}

export function latest(times: readonly (string | undefined)[]): string | undefined {
  return sortTimes(times).at(-1);
}

function sortTimes(times: readonly (string | undefined)[]): string[] {
  return times
    .filter((time): time is string => time !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b));
}

/** "2026-11-28" of an instant. */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** Distinct values in the order of their first appearance. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
