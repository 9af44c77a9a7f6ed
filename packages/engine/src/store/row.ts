import type { FieldValue, ParsedEvent } from "@firebreak/model/event";
import { hotColumns } from "./columns.ts";
import { csvCell } from "./segment.ts";

const hotFields = new Set(hotColumns.map(({ field }) => field));

function textCell(value: FieldValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return csvCell(value);
  if (typeof value === "object") return csvCell(value.join(" "));
  return String(value);
}

/** Numbers come as numbers or decimal strings; anything else has no place in a numeric column and stays in `rest`. */
function integerCell(value: FieldValue | undefined): string {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && /^\d{1,18}$/.test(value) ? value : "";
}

/** The fields without a column of their own as JSON text, keys in the order of the record. */
function restJson(fields: ParsedEvent["fields"]): string {
  let json = "";
  for (const name in fields) {
    const value = fields[name]!;
    if (hotFields.has(name) && typeof value !== "object") continue;
    json += `${json === "" ? "{" : ","}${JSON.stringify(name)}:${JSON.stringify(value)}`;
  }
  return json === "" ? "{}" : `${json}}`;
}

/** One event as a CSV row in the order of `eventColumns`. */
export function eventRow(evidence: string, event: ParsedEvent): string {
  const { time, fields } = event;
  let row = `${evidence},${event.offset},${event.length},${event.sub ?? ""},${event.line ?? ""},`;
  row += time ? `${time.ms},${time.ns},${time.zoneSource},` : ",,,";
  row += csvCell(event.dataset);
  for (const { field, type } of hotColumns) {
    const value = fields[field];
    row += value === undefined ? "," : type === "VARCHAR" ? `,${textCell(value)}` : `,${integerCell(value)}`;
  }
  return `${row},${csvCell(restJson(fields))}\n`;
}

/** One rule match as a CSV row in the order of `matchColumns`. */
export function matchRow(
  rule: number,
  evidence: string,
  event: ParsedEvent,
  matched: Record<string, string>,
  groups: Record<string, FieldValue>,
): string {
  const time = event.time ? `${event.time.ms},${event.time.ns}` : ",";
  const place = `${rule},${evidence},${event.offset},${event.length},${event.sub ?? ""},${event.line ?? ""},${time}`;
  return `${place},${csvCell(JSON.stringify(matched))},${csvCell(JSON.stringify(groups))}\n`;
}
