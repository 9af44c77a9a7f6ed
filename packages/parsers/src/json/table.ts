import type { Fields } from "@firebreak/model/event";
import { macOf } from "../ecs/dictionary.ts";
import { setFile, setHash, setHost, setOutcome, setProgram } from "../ecs/parts.ts";
import { setUrl } from "../ecs/url.ts";
import { kebabCase, verdictOf } from "../ecs/verdict.ts";
import type { JsonObject, JsonValue } from "./parse.ts";
import { type JsonPath, jsonPath, valueAt } from "./path.ts";
import { putAddress, putInteger, putText, putUser, textOf } from "./product.ts";

/**
 * How a value is written: as text, lower-case text, integer, address (ip, domain, port), user, URL, action, list of texts, program
 * (`<field>.executable`, `<field>.name`), file (path and its parts), hash (`<field>.md5` … by its length), outcome, host, MAC address.
 */
export type MappingKind =
  | "text"
  | "lower"
  | "integer"
  | "address"
  | "user"
  | "url"
  | "action"
  | "list"
  | "program"
  | "file"
  | "hash"
  | "outcome"
  | "host"
  | "mac";

/** One ECS field and the paths that may hold it, the first that does wins: `["address", "source", "client.ip", "ip"]`. */
export type Mapping = readonly [kind: MappingKind, field: string, ...paths: string[]];

interface Compiled {
  readonly kind: MappingKind;
  readonly field: string;
  readonly paths: readonly JsonPath[];
}

/** Compiles a product's table once; the result fills the fields of a record. */
export function compileTable(mappings: readonly Mapping[]): (record: JsonObject, fields: Fields) => void {
  const compiled: Compiled[] = mappings.map(([kind, field, ...paths]) => ({
    kind,
    field,
    paths: paths.map(jsonPath),
  }));
  return (record, fields) => {
    for (const mapping of compiled) {
      const value = firstValue(record, mapping.paths);
      if (value !== undefined) write(fields, mapping, value);
    }
  };
}

function firstValue(record: JsonObject, paths: Compiled["paths"]): JsonValue | undefined {
  for (const path of paths) {
    const value = valueAt(record, path);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

function write(fields: Fields, { kind, field }: Compiled, value: JsonValue): void {
  const one = kind !== "list" && Array.isArray(value) ? value[0] : value;
  if (kind === "list") {
    const texts = (Array.isArray(value) ? value : [value]).map(textOf).filter((text) => text !== undefined);
    if (texts.length > 0) fields[field] = texts;
    return;
  }
  const text = textOf(one);
  if (text === undefined) return;
  if (kind === "integer") {
    putInteger(fields, field, one);
    return;
  }
  if (kind === "text") putText(fields, field, text);
  else if (kind === "lower") fields[field] = text.toLowerCase();
  else if (kind === "address") putAddress(fields, field, text);
  else if (kind === "user") putUser(fields, text, field);
  else if (kind === "url") setUrl(fields, text);
  else if (kind === "program") setProgram(fields, field, text);
  else if (kind === "file") setFile(fields, field, text);
  else if (kind === "hash") setHash(fields, field, text);
  else if (kind === "outcome") setOutcome(fields, text);
  else if (kind === "host") setHost(fields, text);
  else if (kind === "mac") {
    const mac = macOf(text);
    if (mac !== undefined) fields[field] = mac;
  } else fields[field] = verdictOf(text) ?? kebabCase(text);
}
