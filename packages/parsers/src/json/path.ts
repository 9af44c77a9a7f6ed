import { isJsonObject, type JsonObject, type JsonValue } from "./parse.ts";

/** A path of keys, taken apart once. */
export interface JsonPath {
  readonly keys: readonly string[];
  /** The one key that holds the dots itself; undefined for a path of one key. */
  readonly dotted: string | undefined;
}

/**
 * Takes a dotted path apart. Every object has some keys ("constructor"): a path through one is a defect of its table.
 * @example jsonPath("client.ip") // { keys: ["client", "ip"], dotted: "client.ip" }
 */
export function jsonPath(path: string): JsonPath {
  const keys = path.split(".");
  const inherited = keys.find((key) => key in Object.prototype);
  if (inherited !== undefined) throw new RangeError(`no key of a record: ${inherited}`);
  return { keys, dotted: keys.length > 1 ? path : undefined };
}

/** The value at a path; in a list the first member stands for it. A key that itself holds the dots is found too. */
export function valueAt(record: JsonObject, { keys, dotted }: JsonPath): JsonValue | undefined {
  let value: JsonValue | undefined = record;
  let holder: JsonObject | undefined;
  for (let i = 0; i < keys.length; i++) {
    if (Array.isArray(value)) value = value[0];
    holder = isJsonObject(value) ? value : undefined;
    value = holder?.[keys[i]!];
    if (value !== undefined) continue;
    if (dotted === undefined) return undefined;
    // Falco: `"output_fields": { "proc.name": … }`.
    if (holder !== undefined && i > 0 && i < keys.length - 1) value = holder[keys.slice(i).join(".")];
    return value ?? record[dotted];
  }
  return value;
}
