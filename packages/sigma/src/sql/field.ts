import { literal } from "./text.ts";

/** How a field of the event is read in a query; the values are texts. */
export type SqlField =
  /** One VARCHAR, NULL when the field is absent. */
  | { readonly kind: "scalar"; readonly sql: string }
  /** VARCHAR[], NULL when the field is absent. */
  | { readonly kind: "list"; readonly sql: string };

/**
 * A field in a JSON column that holds a flat object, under the first of these keys that is there and not null.
 * @param column expression of the JSON text
 * @example jsonField("rest", ["winlog.event_data.Image", "process.executable"])
 */
export function jsonField(column: string, keys: readonly string[]): SqlField {
  return { kind: "list", sql: firstPresent(keys.map((key) => jsonValues(column, key))) };
}

/** Every value in such a column, as one list; for keyword rules. */
export function jsonAllValues(column: string): SqlField {
  const listOf = (value: string) => valuesOf(value, "'$'");
  const each = `list_transform(json_extract(${column}, '$.*'), lambda v: coalesce(${listOf("v")}, []))`;
  return { kind: "list", sql: `flatten(${each})` };
}

/** A field that is a column of its own, of any type; `others` are tried when it is NULL. */
export function columnField(column: string, others?: SqlField): SqlField {
  const own = `CAST(${column} AS VARCHAR)`;
  if (others === undefined) return { kind: "scalar", sql: own };
  if (others.kind === "scalar") return { kind: "scalar", sql: `coalesce(${own}, ${others.sql})` };
  return { kind: "list", sql: `CASE WHEN ${column} IS NULL THEN ${others.sql} ELSE [${own}] END` };
}

function firstPresent(lists: readonly string[]): string {
  if (lists.length === 0) return "CAST(NULL AS VARCHAR[])";
  return lists.length === 1 ? lists[0]! : `coalesce(${lists.join(", ")})`;
}

/** JSON pointer (RFC 6901): the keys have dots, which the other path notation would read as steps. */
function jsonValues(column: string, key: string): string {
  return valuesOf(column, literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`));
}

function valuesOf(json: string, path: string): string {
  return (
    `CASE json_type(${json}, ${path}) WHEN 'ARRAY' THEN from_json(json_extract(${json}, ${path}), '["VARCHAR"]') ` +
    `WHEN 'NULL' THEN NULL ELSE nullif([json_extract_string(${json}, ${path})], [NULL]) END`
  );
}
