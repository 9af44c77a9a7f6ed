import type { Fields, FieldValue, ParsedEvent } from "@firebreak/model/event";
import { hotColumns } from "./columns.ts";
import { cell, dialect } from "./segment.ts";

const sep = dialect.delimiter;

/** Longest text of one column, and of the other fields together; a longer one is cut in the store and whole in the evidence. */
interface Bounds {
  readonly cellChars: number;
  readonly restChars: number;
}

const usualBounds: Bounds = { cellChars: 1 << 20, restChars: 3 << 20 };
/** For a row that is too long for its many long cells. */
const tightBounds: Bounds = { cellChars: 1 << 16, restChars: 2 << 20 };
/** No row is longer: what a reader of rows must be ready for, several times over. */
export const maxRowBytes = 16 << 20;
/** A UTF-16 unit takes at most three bytes. */
const maxRowChars = 5_000_000;
/** Longest value that correlations group by, where an event's values together are longer than a cell. */
const maxGroupChars = 4096;

/** What becomes of a field: its column, how it is repeated elsewhere, and its name as it stands in `rest`. */
interface Place {
  /** Position in `hotColumns`; -1 for a field that has no column. */
  readonly column: number;
  readonly isNumeric: boolean;
  readonly isAlsoInRest: boolean;
  readonly repeats: "message" | "addresses" | "always" | undefined;
  readonly jsonName: string;
}

const columnOf = new Map(hotColumns.map(({ field }, i) => [field, i]));
const maxPlaces = 20_000;
const places = new Map<string, Place>();

/** Names recur in every record: what becomes of each is worked out once. */
function placeOf(name: string): Place {
  let place = places.get(name);
  if (place === undefined) {
    if (places.size > maxPlaces) places.clear();
    const column = columnOf.get(name) ?? -1;
    place = {
      column,
      isNumeric: column >= 0 && hotColumns[column]!.type !== "VARCHAR",
      isAlsoInRest: column >= 0 && hotColumns[column]!.isAlsoInRest === true,
      repeats: repetitionOf(name),
      jsonName: `${JSON.stringify(name)}:`,
    };
    places.set(name, place);
  }
  return place;
}

/** Fields that can only repeat others or the record's own text, which is read back from the evidence. */
function repetitionOf(name: string): Place["repeats"] {
  if (name === "message") return "message";
  if (name === "related.ip") return "addresses";
  return name.startsWith("related.") ? "always" : undefined;
}

function isRepeated(kind: Place["repeats"], value: FieldValue, fields: Fields): boolean {
  if (kind === "message") return fields["event.action"] !== undefined || fields["source.ip"] !== undefined;
  if (kind === "always") return true;
  const source = fields["source.ip"];
  const destination = fields["destination.ip"];
  return typeof value === "object" && value.every((address) => address === source || address === destination);
}

function bounded(text: string, maxChars: number): string {
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;
}

function textCell(value: FieldValue, maxChars: number): string {
  if (typeof value === "string") return cell(bounded(value, maxChars));
  if (typeof value === "object") return cell(bounded(value.join(" "), maxChars));
  return String(value);
}

/** Numbers come as numbers or decimal strings; anything else has no place in a numeric column and stays in `rest`. */
function integerCell(value: FieldValue): string {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && /^\d{1,18}$/.test(value) ? value : "";
}

/** What JSON writes with an escape: quotes, backslashes, control characters, halves of surrogate pairs. */
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** `JSON.stringify` costs several times the search for what it would have to escape. */
function jsonText(value: string): string {
  return escaped.test(value) ? JSON.stringify(value) : `"${value}"`;
}

function jsonValue(value: FieldValue): string {
  if (typeof value === "string") return jsonText(value);
  if (typeof value !== "object") return JSON.stringify(value);
  let json = "";
  for (const item of value)
    json += `${json === "" ? "[" : ","}${typeof item === "string" ? jsonText(item) : JSON.stringify(item)}`;
  return json === "" ? "[]" : `${json}]`;
}

const hotCells: string[] = hotColumns.map(() => "");

/** Fills `hotCells` and returns the other fields as JSON text, keys in the order of the record. */
function readFields(fields: Fields, bounds: Bounds): string {
  for (let i = 0; i < hotCells.length; i++) hotCells[i] = "";
  let json = "";
  for (const name of Object.keys(fields)) {
    const value = fields[name]!;
    const { column, isNumeric, isAlsoInRest, repeats, jsonName } = placeOf(name);
    if (column >= 0) {
      const text = isNumeric ? integerCell(value) : textCell(value, bounds.cellChars);
      hotCells[column] = text;
      // A list, or a number that is none, stays in `rest` too: its column does not hold all of it.
      if (typeof value !== "object" && text !== "" && !isAlsoInRest) continue;
    } else if (repeats !== undefined && isRepeated(repeats, value, fields)) continue;
    json += `${json === "" ? "{" : ","}${jsonName}${jsonValue(value)}`;
  }
  if (json.length > bounds.restChars) return '{"firebreak.truncated":true}';
  return json === "" ? "{}" : `${json}}`;
}

/** One event as a row in the order of `eventColumns`. */
export function eventRow(evidence: string, event: ParsedEvent): string {
  const row = boundedRow(evidence, event, usualBounds);
  return row.length <= maxRowChars ? row : boundedRow(evidence, event, tightBounds);
}

function boundedRow(evidence: string, event: ParsedEvent, bounds: Bounds): string {
  const { time } = event;
  // JSON text holds none of the dialect's signs: they are control characters, which it escapes.
  const rest = readFields(event.fields, bounds);
  let row = `${evidence}${sep}${event.offset}${sep}${event.length}${sep}${event.sub ?? ""}${sep}${event.line ?? ""}${sep}`;
  row += time ? `${time.ms}${sep}${time.ns}${sep}${time.zoneSource}${sep}` : `${sep}${sep}${sep}`;
  row += cell(event.dataset);
  for (const text of hotCells) row += sep + text;
  return `${row}${sep}${rest}\n`;
}

/** One rule match as a row in the order of `matchColumns`. */
export function matchRow(
  rule: number,
  evidence: string,
  event: ParsedEvent,
  groups: Record<string, FieldValue> | undefined,
): string {
  const { time } = event;
  const when = time ? `${time.ms}${sep}${time.ns}` : sep;
  const place = `${rule}${sep}${evidence}${sep}${event.offset}${sep}${event.sub ?? ""}`;
  return `${place}${sep}${when}${sep}${groups === undefined ? "" : groupsJson(groups)}\n`;
}

function groupsJson(groups: Record<string, FieldValue>): string {
  const json = JSON.stringify(groups);
  if (json.length <= usualBounds.cellChars) return json;
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, bounded([value].flat().join(" "), maxGroupChars)]),
    ),
  );
}

/** One rejected record as a row in the order of `rejectColumns`. */
export function rejectRow(
  evidence: string,
  reject: { offset: number; length: number; line?: number; reason: string },
): string {
  return `${evidence}${sep}${reject.offset}${sep}${reject.length}${sep}${reject.line ?? ""}${sep}${cell(reject.reason)}\n`;
}
