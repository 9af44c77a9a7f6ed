import type { Fields } from "@firebreak/model/event";
import { macOf } from "../ecs/dictionary.ts";
import type { JsonValue } from "../json/parse.ts";
import { textOf } from "../json/product.ts";

/** true and false as Zeek's text and JSON writers put them. */
export function flag(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "T" || value === "true" ? true : value === "F" || value === "false" ? false : undefined;
}

export function lower(value: JsonValue | undefined): string | undefined {
  return textOf(value)?.toLowerCase();
}

export function first(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? value[0] : undefined;
}

export function putList(fields: Fields, name: string, value: JsonValue | undefined): void {
  if (!Array.isArray(value)) return;
  const texts = value.filter((one): one is string => typeof one === "string");
  if (texts.length > 0) fields[name] = texts;
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : Number(textOf(value) ?? Number.NaN);
}

export function sum(fields: Fields, name: string, a: JsonValue | undefined, b: JsonValue | undefined): void {
  const left = numberOf(a);
  const right = numberOf(b);
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) fields[name] = left + right;
}

export function putMac(fields: Fields, name: string, value: JsonValue | undefined): void {
  const mac = macOf(textOf(value) ?? "");
  if (mac !== undefined) fields[name] = mac;
}

/** Seconds with a fraction → `event.duration` in nanoseconds. */
export function putDuration(fields: Fields, value: JsonValue | undefined): void {
  const nanos = Math.round(numberOf(value) * 1e9);
  if (Number.isSafeInteger(nanos) && nanos >= 0) fields["event.duration"] = nanos;
}
