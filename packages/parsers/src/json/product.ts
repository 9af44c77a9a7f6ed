import type { Fields } from "@firebreak/model/event";
import type { ParseContext, ZoneHint } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setAccount } from "../ecs/account.ts";
import { addressFields } from "../ecs/address-fields.ts";
import { splitAddressPort } from "../ecs/address-port.ts";
import { readEpoch } from "../infer/time-value.ts";
import { isAbsent } from "../text/absent.ts";
import { integerOf } from "../text/numbers.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./parse.ts";

/** The event that a product table fills. The vendor's own fields already stand under `firebreak.raw.`. */
export interface ProductDraft {
  dataset: string;
  time?: EventTime | undefined;
  readonly fields: Fields;
}

/** A product whose records are JSON objects: how one is known, and what its keys mean in ECS. One file each. */
export interface JsonProduct {
  /** Stable name, and the dataset unless `read` says finer: "aws/cloudtrail". */
  readonly name: string;
  readonly title: string;
  /** True when the keys can be no other product's. Cheap: it runs on every record. */
  recognises(record: JsonObject): boolean;
  read(record: JsonObject, draft: ProductDraft, context: ParseContext): void;
  /** A record for each event where the product writes several into one; undefined where it is one event. */
  split?(record: JsonObject): readonly JsonObject[] | undefined;
  /** The line of another program that the record carries, to be read as what it is. */
  carries?(record: JsonObject): string | undefined;
}

export const utcByFormat: ZoneHint = { zone: "UTC", source: "format-default" };

/** The value at a path of keys; undefined where the way ends. */
export function at(
  record: JsonValue | undefined,
  ...path: readonly (string | number)[]
): JsonValue | undefined {
  let value: JsonValue | undefined = record;
  for (const key of path) {
    if (Array.isArray(value)) value = typeof key === "number" ? value[key] : undefined;
    else if (isJsonObject(value)) value = Object.hasOwn(value, key) ? value[key] : undefined;
    else return undefined;
  }
  return value;
}

/** Text of a scalar; undefined for objects, null and the texts that mean "no value". */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return isAbsent(value) ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Sets a field to a value's text. */
export function putText(fields: Fields, name: string, value: JsonValue | undefined): void {
  const text = textOf(value);
  if (text !== undefined) fields[name] = text;
}

/** Sets a field to an integer; digits beyond 2^53 stay text; anything else is left out. */
export function putInteger(fields: Fields, name: string, value: JsonValue | undefined): void {
  if (typeof value === "number") {
    if (Number.isFinite(value)) fields[name] = Math.trunc(value);
  } else if (typeof value === "string") {
    const integer = integerOf(value);
    if (integer !== undefined) fields[name] = integer;
  }
}

/** Sets `<prefix>.ip` (and `.port` when the text has one), or `<prefix>.domain` for a name. */
export function putAddress(fields: Fields, prefix: string, value: JsonValue | undefined): void {
  const text = textOf(value);
  if (text === undefined) return;
  const { address, ip, port } = splitAddressPort(text.trim());
  const names = addressFields(prefix);
  if (ip !== undefined) fields[names.ip] = ip;
  else if (/^[\w.-]{1,253}$/.test(address)) fields[names.domain] = address;
  if (port !== undefined) fields[names.port] = port;
}

/** Reads an ISO text (UTC where the product says so) or an epoch number. */
export function timeOf(
  value: JsonValue | undefined,
  context: ParseContext,
  hint: ZoneHint | undefined = utcByFormat,
): EventTime | undefined {
  if (typeof value === "number") return readEpoch(String(value), context.time);
  if (typeof value !== "string") return undefined;
  return context.time.iso(value, hint) ?? readEpoch(value, context.time);
}

/** "name@domain" and "DOMAIN\\name" as user.name, user.domain and user.email. */
export function putUser(fields: Fields, value: JsonValue | undefined, prefix = "user"): void {
  const text = textOf(value);
  if (text === undefined) return;
  setAccount(fields, text, prefix);
}

/** Sets `event.category` and `event.type`. */
export function classify(fields: Fields, category: string, ...types: readonly string[]): void {
  fields["event.category"] = [category];
  if (types.length > 0) fields["event.type"] = [...types];
}
