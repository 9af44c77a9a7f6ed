import type { Fields, FieldValue, ParsedEvent } from "@firebreak/model/event";
import { hotColumns } from "./columns.ts";
import { type EncodedText, encodeText, jsonText, RowBuffer } from "./row-buffer.ts";
import type { SegmentWriter } from "./segment.ts";

/** Longest text of one column in UTF-16 units, and most bytes of the other fields together; a longer one is cut in the store and whole in the evidence. */
interface Bounds {
  readonly cellChars: number;
  readonly restBytes: number;
}

export const maxCellChars = 1 << 20;
const usualBounds: Bounds = { cellChars: maxCellChars, restBytes: 8 << 20 };
/** For a row that is too long for its many long cells. */
const tightBounds: Bounds = { cellChars: 1 << 16, restBytes: 4 << 20 };
/** No row is longer: what a reader of rows must be ready for, several times over. */
export const maxRowBytes = 16 << 20;

/** What becomes of a field: its column, how it is repeated elsewhere, and its name as it stands in `rest`. */
interface Place {
  /** Position in `hotColumns`; -1 for a field that has no column. */
  readonly column: number;
  readonly isNumeric: boolean;
  readonly isAlsoInRest: boolean;
  readonly repeats: "message" | "addresses" | "always" | undefined;
  /** A comma, the name as a JSON string, a colon. */
  readonly jsonName: EncodedText;
  readonly name: string;
  /** What came behind it last: records of a kind have the same names in the same order. */
  next: Place | undefined;
}

const openBracket = "{".charCodeAt(0);
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
      jsonName: encodeText(`,${jsonText(name)}:`),
      name,
      next: undefined,
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

export function bounded(text: string, maxChars: number): string {
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;
}

/** Numbers come as numbers or decimal strings; anything else has no place in a numeric column and stays in `rest`. */
function isInteger(value: FieldValue): boolean {
  return typeof value === "number"
    ? Number.isSafeInteger(value)
    : typeof value === "string" && /^\d{1,18}$/.test(value);
}

function putCell(out: RowBuffer, value: FieldValue, maxChars: number): void {
  if (typeof value === "string") out.cell(bounded(value, maxChars));
  else if (typeof value === "object") putListCell(out, value, maxChars);
  else if (Number.isSafeInteger(value)) out.integer(value as number);
  else out.cell(String(value));
}

/** Most lists have one value. */
function putListCell(out: RowBuffer, values: readonly FieldValue[], maxChars: number): void {
  const [first] = values;
  if (values.length === 1 && typeof first === "string") out.cell(bounded(first, maxChars));
  else out.cell(bounded(values.join(" "), maxChars));
}

function putJson(out: RowBuffer, value: FieldValue): void {
  if (typeof value === "string") out.jsonString(value);
  else if (typeof value === "object") putJsonList(out, value);
  else if (Number.isSafeInteger(value)) out.integer(value as number);
  else out.text(JSON.stringify(value));
}

function putJsonList(out: RowBuffer, values: readonly FieldValue[]): void {
  out.text("[");
  for (let i = 0; i < values.length; i++) {
    if (i > 0) out.text(",");
    putJson(out, values[i]!);
  }
  out.text("]");
}

/** The values of the event at hand that have a column; kept between events, so that none makes a list of its own. */
const hotValues: (FieldValue | undefined)[] = hotColumns.map(() => undefined);
/** Its other fields as JSON, in the order of the record. They hold none of the dialect's signs: those are control characters, which JSON escapes. */
const rest = new RowBuffer();

/** Stands before the first field. */
const start = placeOf("");

function sortFields(fields: Fields, maxRestBytes: number): void {
  hotValues.fill(undefined);
  rest.clear();
  let isCut = false;
  let previous = start;
  // The objects are plain and their prototype has nothing to enumerate; this loop reads values without a search by name.
  for (const name in fields) {
    const value = fields[name]!;
    const guess = previous.next;
    const place = guess !== undefined && guess.name === name ? guess : placeOf(name);
    previous.next = place;
    previous = place;
    const { column, isNumeric, isAlsoInRest, repeats } = place;
    if (column >= 0) {
      const fits = !isNumeric || isInteger(value);
      if (fits) hotValues[column] = value;
      // A list, or a number that is none, stays in `rest` too: its column does not hold all of it.
      if (typeof value !== "object" && fits && !isAlsoInRest) continue;
    } else if (repeats !== undefined && isRepeated(repeats, value, fields)) continue;
    if (!isCut) isCut = !putInRest(place, value, maxRestBytes);
  }
  closeRest(isCut);
}

/** False where the fields together are too long. */
function putInRest(place: Place, value: FieldValue, maxBytes: number): boolean {
  if (typeof value === "string" && value.length > maxBytes) return false;
  rest.encoded(place.jsonName);
  putJson(rest, value);
  return rest.used <= maxBytes;
}

function closeRest(isCut: boolean): void {
  if (isCut) {
    rest.rewind(0);
    rest.text('{"firebreak.truncated":true}');
  } else if (rest.used === 0) rest.text("{}");
  else {
    // The comma before the first name gives its place to the bracket.
    rest.put(0, openBracket);
    rest.text("}");
  }
}

/** Writes one event as a row in the order of `eventColumns`. */
export function writeEvent(segment: SegmentWriter, evidence: string, event: ParsedEvent): void {
  const out = segment.row;
  const start = out.used;
  putEvent(out, evidence, event, usualBounds);
  if (out.used - start >= maxRowBytes) {
    out.rewind(start);
    putEvent(out, evidence, event, tightBounds);
  }
  segment.endRow();
}

function putEvent(out: RowBuffer, evidence: string, event: ParsedEvent, bounds: Bounds): void {
  sortFields(event.fields, bounds.restBytes);
  putPlace(out, evidence, event);
  const { time } = event;
  out.separator();
  if (time) out.integer(time.ms);
  out.separator();
  if (time) out.integer(time.ns);
  out.separator();
  if (time) out.cell(time.zoneSource);
  out.separator();
  out.cell(event.dataset);
  for (let column = 0; column < hotValues.length; column++) {
    out.separator();
    const value = hotValues[column];
    if (value !== undefined) putCell(out, value, bounds.cellChars);
  }
  out.separator();
  out.append(rest);
}

/** Evidence, offset, length, sub, line. */
function putPlace(out: RowBuffer, evidence: string, { offset, length, sub, line }: ParsedEvent): void {
  out.cell(evidence);
  out.separator();
  out.integer(offset);
  out.separator();
  out.integer(length);
  out.separator();
  if (sub !== undefined) out.integer(sub);
  out.separator();
  if (line !== undefined) out.integer(line);
}
