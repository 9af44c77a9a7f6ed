import { isKnownZone } from "../time/zone.ts";
import { type Dialect, type DialectColumn, type DialectLayout, guessOfField, timeField } from "./dialect.ts";

/** A dialect file that cannot be used: the message names the key and what is expected. */
export class DialectError extends Error {
  readonly code = "input";
}

export const dialectVersion = 1;
const maxColumns = 1000;
const layoutKinds = ["delimited", "words", "key-value", "json", "w3c", "fixed"] as const;
const placed = new Set(["delimited", "words", "w3c", "fixed"]);

type Mapping = Record<string, unknown>;

/** Checks what a dialect file holds (parsed YAML or JSON). Throws `DialectError`; `file` names it in messages. */
export function readDialect(raw: unknown, file: string): Dialect {
  const fail = (where: string, expected: string): never => {
    throw new DialectError(`${file}: ${where}: expected ${expected}. docs/dialects.md shows every key.`);
  };
  if (!isMapping(raw)) return fail("the file", "a mapping with keys such as name, layout and columns");
  if (raw["firebreak-dialect"] !== dialectVersion)
    fail("firebreak-dialect", `the version of this schema, ${dialectVersion}`);
  const known = [
    "firebreak-dialect",
    "name",
    "title",
    "envelope",
    "layout",
    "contains",
    "comments",
    "time",
    "columns",
  ];
  for (const key of Object.keys(raw))
    if (!known.includes(key)) fail(JSON.stringify(key), `one of the keys ${known.join(", ")}`);
  const name = raw.name;
  if (typeof name !== "string" || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(name))
    return fail("name", "lower-case letters, digits and hyphens");
  const envelope = raw.envelope ?? "none";
  if (envelope !== "none" && envelope !== "syslog") return fail("envelope", '"none" or "syslog"');
  const layout = readLayout(raw.layout, fail);
  const time = raw.time ?? {};
  if (!isMapping(time)) return fail("time", "a mapping with order and zone");
  const order = time.order ?? "unknown";
  if (order !== "unknown" && order !== "day-first" && order !== "month-first")
    return fail("time.order", '"unknown", "day-first" or "month-first"');
  const zone = time.zone;
  if (zone !== undefined && (typeof zone !== "string" || !isKnownZone(zone)))
    return fail("time.zone", "an IANA name such as America/New_York, or an offset such as -04:00");
  const columns = raw.columns ?? [];
  if (!Array.isArray(columns) || columns.length > maxColumns)
    return fail("columns", `a list of at most ${maxColumns} columns`);
  if (columns.length === 0 && placed.has(layout.kind))
    fail("columns", `the columns of a ${layout.kind} layout`);
  return {
    name,
    title: typeof raw.title === "string" ? raw.title : name,
    envelope,
    layout,
    contains: texts(raw.contains, "contains", fail),
    comments: texts(raw.comments, "comments", fail),
    order,
    ...(zone !== undefined && { zone }),
    columns: columns.map((column, i) => readColumn(column, i, layout, fail)),
  };
}

type Fail = (where: string, expected: string) => never;

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readLayout(raw: unknown, fail: Fail): DialectLayout {
  const kind = isMapping(raw) ? raw.kind : undefined;
  if (!isMapping(raw) || !layoutKinds.some((one) => one === kind))
    return fail("layout.kind", `one of ${layoutKinds.join(", ")}`);
  const sign = (key: string) => {
    const value = raw[key];
    return typeof value === "string" && value.length === 1 ? value : fail(`layout.${key}`, "one character");
  };
  if (kind === "delimited") {
    const header = raw.header ?? false;
    if (typeof header !== "boolean") return fail("layout.header", "true or false");
    return { kind, separator: sign("separator"), header };
  }
  if (kind === "key-value") return { kind, separator: sign("separator"), assign: sign("assign") };
  return { kind } as DialectLayout;
}

function texts(raw: unknown, key: string, fail: Fail): string[] {
  const list = raw ?? [];
  if (!Array.isArray(list) || !list.every((one) => typeof one === "string" && one !== ""))
    return fail(key, "a list of texts");
  return list as string[];
}

function readColumn(raw: unknown, i: number, layout: DialectLayout, fail: Fail): DialectColumn {
  const where = `columns[${i}]`;
  if (!isMapping(raw) || (typeof raw.name !== "string" && typeof raw.name !== "number"))
    return fail(`${where}.name`, "the column's name");
  const { field, confidence = field ? 1 : 0, why = "written by a person", start, length } = raw;
  if (field !== undefined && field !== null) {
    const good = typeof field === "string" && (field === timeField || guessOfField(field) !== undefined);
    if (!good)
      fail(`${where}.field`, `"time" or an ECS field such as source.ip, not ${JSON.stringify(field)}`);
  }
  if (typeof confidence !== "number" || !(confidence >= 0 && confidence <= 1))
    return fail(`${where}.confidence`, "a number from 0 to 1");
  if (layout.kind === "fixed" && !(Number.isSafeInteger(start) && (start as number) >= 0))
    return fail(`${where}.start`, "the column's first character, counted from 0");
  if (length !== undefined && !(Number.isSafeInteger(length) && (length as number) > 0))
    return fail(`${where}.length`, "a number of characters");
  return {
    name: String(raw.name),
    ...(typeof field === "string" && { field }),
    confidence,
    why: String(why),
    ...(typeof start === "number" && { start }),
    ...(typeof length === "number" && { length }),
  };
}
