import type { FieldValue, ParsedEvent } from "@firebreak/model/event";
import { hotColumns } from "./columns.ts";
import { cell, dialect } from "./segment.ts";

const sep = dialect.delimiter;

/** Longest text of one column, and of the other fields together; a longer one is cut in the store and whole in the evidence. */
const maxCellChars = 1 << 20;
const maxRestChars = 8 << 20;
/** No row is longer: what a reader of rows must be ready for. */
export const maxRowBytes = 64_000_000;

const hotTypes = new Map(hotColumns.map(({ field, type }) => [field, type]));

/** True when the field's own column holds the whole value; a list, or a number that is none, stays in `rest` too. */
function isInColumn(name: string, value: FieldValue): boolean {
  const type = hotTypes.get(name);
  if (type === undefined || typeof value === "object") return false;
  return type === "VARCHAR" || integerCell(value) !== "";
}

function bounded(text: string): string {
  return text.length > maxCellChars ? `${text.slice(0, maxCellChars)}…` : text;
}

function textCell(value: FieldValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return cell(bounded(value));
  if (typeof value === "object") return cell(bounded(value.join(" ")));
  return String(value);
}

/** Numbers come as numbers or decimal strings; anything else has no place in a numeric column and stays in `rest`. */
function integerCell(value: FieldValue | undefined): string {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && /^\d{1,18}$/.test(value) ? value : "";
}

/** Fields that only repeat others or the record's own text, which is read back from the evidence. */
function isRepetition(name: string, value: FieldValue, fields: ParsedEvent["fields"]): boolean {
  if (name === "message") return fields["event.action"] !== undefined || fields["source.ip"] !== undefined;
  if (name === "related.ip") {
    const known = [fields["source.ip"], fields["destination.ip"]];
    return typeof value === "object" && value.every((address) => known.includes(address as string));
  }
  return name.startsWith("related.");
}

/** The fields without a column of their own as JSON text, keys in the order of the record. */
function restJson(fields: ParsedEvent["fields"]): string {
  let json = "";
  for (const name in fields) {
    const value = fields[name]!;
    if (isInColumn(name, value) || isRepetition(name, value, fields)) continue;
    json += `${json === "" ? "{" : ","}${quoteName(name)}${typeof value === "number" || typeof value === "boolean" ? value : JSON.stringify(value)}`;
  }
  if (json.length > maxRestChars) return '{"firebreak.truncated":true}';
  return json === "" ? "{}" : `${json}}`;
}

const quotedNames = new Map<string, string>();

/** Names recur in every record: they are quoted once. */
function quoteName(name: string): string {
  let quoted = quotedNames.get(name);
  if (quoted === undefined) {
    if (quotedNames.size > 20_000) quotedNames.clear();
    quoted = `${JSON.stringify(name)}:`;
    quotedNames.set(name, quoted);
  }
  return quoted;
}

/** One event as a row in the order of `eventColumns`. */
export function eventRow(evidence: string, event: ParsedEvent): string {
  const { time, fields } = event;
  let row = `${evidence}${sep}${event.offset}${sep}${event.length}${sep}${event.sub ?? ""}${sep}${event.line ?? ""}${sep}`;
  row += time ? `${time.ms}${sep}${time.ns}${sep}${time.zoneSource}${sep}` : `${sep}${sep}${sep}`;
  row += cell(event.dataset);
  for (const { field, type } of hotColumns) {
    const value = fields[field];
    row += sep;
    if (value !== undefined) row += type === "VARCHAR" ? textCell(value) : integerCell(value);
  }
  return `${row}${sep}${cell(restJson(fields))}\n`;
}

/** One rule match as a row in the order of `matchColumns`. */
export function matchRow(
  rule: number,
  evidence: string,
  event: ParsedEvent,
  matched: Record<string, string>,
  groups: Record<string, FieldValue>,
): string {
  const { time } = event;
  const place = `${rule}${sep}${evidence}${sep}${event.offset}${sep}${event.length}${sep}${event.sub ?? ""}${sep}${event.line ?? ""}`;
  const when = time ? `${time.ms}${sep}${time.ns}` : sep;
  return `${place}${sep}${when}${sep}${cell(JSON.stringify(matched))}${sep}${cell(JSON.stringify(groups))}\n`;
}

/** One rejected record as a row in the order of `rejectColumns`. */
export function rejectRow(
  evidence: string,
  reject: { offset: number; length: number; line?: number; reason: string },
): string {
  return `${evidence}${sep}${reject.offset}${sep}${reject.length}${sep}${reject.line ?? ""}${sep}${cell(reject.reason)}\n`;
}
