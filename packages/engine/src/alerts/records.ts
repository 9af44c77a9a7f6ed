import { findCsvShape } from "@firebreak/parsers/csv/shape";
import { splitCsvRow } from "@firebreak/parsers/text/csv-row";
import { parse as parseYaml } from "yaml";
import { AlertError } from "./alert.ts";

/** Alerts that one file may hold; more is an export for `investigate`, not a queue. */
const maxAlerts = 10_000;
/** Lists that wrap alerts in exports: Graph ("value"), Splunk ("results"), Elasticsearch ("hits.hits"), and the usual words. */
const wrappers = ["value", "results", "alerts", "records", "data", "items", "hits"];

/**
 * The alerts of a text, each as the object it is: JSON (one, a list, an export envelope, one a line), CSV with a header,
 * YAML, or "Name: value" lines. Throws `AlertError` for a text that is none of them, or that holds too many.
 */
export function readRecords(text: string, file: string): unknown[] {
  const records = fromJson(text) ?? fromCsv(text) ?? fromFieldList(text) ?? fromYaml(text) ?? [];
  const found = records.flatMap(unwrap).filter((one) => typeof one === "object" && one !== null);
  if (found.length > maxAlerts)
    throw new AlertError(`${file}: ${found.length} alerts; the limit is ${maxAlerts}. Split the file.`);
  return found;
}

function fromJson(text: string): unknown[] | undefined {
  const start = text.trimStart()[0];
  if (start !== "{" && start !== "[") return undefined;
  try {
    return [JSON.parse(text)];
  } catch {
    // Several documents, one a line.
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  try {
    return lines.length > 1 ? lines.map((line) => JSON.parse(line) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** An export's envelope is opened; what Elasticsearch and Splunk put around each hit too. */
function unwrap(value: unknown, depth = 0): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => unwrap(one, depth + 1));
  if (typeof value !== "object" || value === null || depth > 4) return [value];
  const object = value as Record<string, unknown>;
  for (const name of wrappers) {
    const inner = object[name];
    const isList = Array.isArray(inner) && inner.length > 0 && typeof inner[0] === "object";
    if (isList && !("@timestamp" in object)) return unwrap(inner, depth + 1);
    if (name === "hits" && typeof inner === "object" && inner !== null) return unwrap(inner, depth + 1);
  }
  if (typeof object.result === "object" && object.result !== null) return unwrap(object.result, depth + 1);
  if (typeof object._source === "object" && object._source !== null)
    return [{ _id: object._id, ...(object._source as object) }];
  return [value];
}

function fromCsv(text: string): unknown[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const shape = findCsvShape(lines.slice(0, 100));
  if (shape?.headerRow !== 0 || shape.columnCount < 3 || lines.length < 2) return undefined;
  const header = shape.rows[0]!.map((name) => name.trim());
  const rows = joinQuoted(lines.slice(1)).map((line) => splitCsvRow(line, shape.separator));
  return rows.map((cells) =>
    Object.fromEntries(header.map((name, i) => [name || `column ${i + 1}`, cells[i]?.trim() ?? ""])),
  );
}

/** A quoted cell may go over several lines. */
function joinQuoted(lines: readonly string[]): string[] {
  const rows: string[] = [];
  let open = false;
  for (const line of lines) {
    if (open) rows[rows.length - 1] += `\n${line}`;
    else rows.push(line);
    if ((line.split('"').length - 1) % 2 === 1) open = !open;
  }
  return rows;
}

function fromYaml(text: string): unknown[] | undefined {
  try {
    const value = parseYaml(text, { maxAliasCount: 20, logLevel: "error" }) as unknown;
    return typeof value === "object" && value !== null ? [value] : undefined;
  } catch {
    return undefined;
  }
}

const fieldLine = /^[ \t]*([A-Za-z@][^:=\t\n]{0,59}?)[ \t]*(?::(?!\/\/|\\)|=|\t)[ \t]*(.*)$/;

/**
 * Field lists as consoles show them: "Source Address : 192.0.2.1", also with the value in the next line. Blocks that an
 * empty line parts and that begin with the same name are several alerts.
 */
function fromFieldList(text: string): unknown[] | undefined {
  const alerts: Record<string, string>[] = [];
  let current: Record<string, string> = {};
  let waiting: string | undefined;
  let first: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const match = waiting === undefined || !/\S/.test(line) ? fieldLine.exec(line) : undefined;
    if (match) {
      const [, name, value] = match as unknown as [string, string, string];
      first ??= name;
      if (name === first && name in current) {
        alerts.push(current);
        current = {};
      }
      if (value === "") waiting = name;
      else if (!(name in current)) current[name] = value.trim();
      else current[name] += `\n${value.trim()}`;
    } else if (waiting !== undefined && /\S/.test(line)) {
      current[waiting] = line.trim();
      waiting = undefined;
    }
  }
  if (Object.keys(current).length > 0) alerts.push(current);
  const isNested = /^\s+\S.*:|^\s*- /m.test(text) && alerts.length <= 1 && fromYaml(text) !== undefined;
  return alerts.length === 0 || isNested ? undefined : alerts;
}
