import { LedgerError } from "./problem.ts";

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Deeper nesting than any ledger entry needs; it keeps hostile input from exhausting the stack. */
const depthMax = 64;

/**
 * The one text that a JSON value has under RFC 8785: keys sorted by UTF-16 code units (section 3.2.3), no white space,
 * numbers as ECMAScript prints them (3.2.2.3), strings with the shortest escapes (3.2.2.2).
 *
 * Throws `LedgerError` "not-canonical" for what RFC 8785 gives no text to: NaN, infinities, lone surrogates, undefined,
 * bigint, and objects that are not plain (a Date would be written as something else than it is read back as).
 *
 * @example canonicalJson({ b: 1e21, a: "é" }) // '{"a":"é","b":1e+21}'
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > depthMax) throw refused(`nesting deeper than ${depthMax} levels`);
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "string") return writeString(value);
  if (typeof value !== "object") throw refused(`a value of type ${typeof value}`);
  if (Array.isArray(value)) return writeArray(value, depth);
  return writeObject(value, depth);
}

/** ECMAScript's own number text is what RFC 8785 prescribes, minus zero included: it prints as "0". */
function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw refused("a number that is not finite");
  return String(value);
}

/** JSON.stringify gives the escapes of section 3.2.2.2; a lone surrogate has no UTF-8 form and must be refused. */
function writeString(value: string): string {
  if (!value.isWellFormed()) throw refused("a string with a lone surrogate");
  return JSON.stringify(value);
}

function writeArray(value: readonly unknown[], depth: number): string {
  const parts: string[] = [];
  // By index, so that a hole is seen as undefined and refused instead of being skipped.
  for (let i = 0; i < value.length; i++) parts.push(write(value[i], depth + 1));
  return `[${parts.join(",")}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw refused("an object that is not plain");
  const record = value as Record<string, unknown>;
  const members = Object.keys(record)
    .sort()
    .map((key) => `${writeString(key)}:${write(record[key], depth + 1)}`);
  return `{${members.join(",")}}`;
}

function refused(what: string): LedgerError {
  return new LedgerError("not-canonical", `canonical JSON has no text for ${what}`);
}
