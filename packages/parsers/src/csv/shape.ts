import { splitCsvRow } from "../text/csv-row.ts";

/** How a delimited text file is laid out. */
export interface CsvShape {
  readonly separator: string;
  readonly columnCount: number;
  /** Row of the header among the rows; -1 when there is none. */
  readonly headerRow: number;
  readonly rows: readonly (readonly string[])[];
}

const separators = [",", ";", "\t", "|"];
const maxRows = 100;

/** True when a quoted cell is still open at the end of the text. */
export function hasOpenQuote(text: string, separator: string): boolean {
  return scanQuotes(text, separator, 0, false);
}

/** Goes on with the scan for an open quoted cell from an index: quotes open at the start of a cell only (RFC 4180 §2). */
export function scanQuotes(text: string, separator: string, from: number, wasOpen: boolean): boolean {
  const mark = separator.charCodeAt(0);
  let open = wasOpen;
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (open) {
      if (text.charCodeAt(at + 1) === 34) at++;
      else open = false;
    } else {
      const before = text.charCodeAt(at - 1);
      if (at === 0 || before === mark || before === 10) open = true;
    }
  }
  return open;
}

/** Joins physical lines to rows where a quoted cell goes over several. */
function joinRows(lines: readonly string[], separator: string): string[] {
  const rows: string[] = [];
  let pending: string | undefined;
  for (const line of lines) {
    pending = pending === undefined ? line : `${pending}\n${line}`;
    if (hasOpenQuote(pending, separator) && pending.length < 65_536) continue;
    rows.push(pending);
    pending = undefined;
    if (rows.length >= maxRows) break;
  }
  if (pending !== undefined && rows.length === 0) rows.push(pending);
  return rows;
}

/** The layout of the head's lines, or undefined when they are no table: at least two columns, nearly the same in every row. */
export function findCsvShape(lines: readonly string[]): CsvShape | undefined {
  let best: CsvShape | undefined;
  for (const separator of separators) {
    if (!(lines[0] ?? "").includes(separator) && !(lines[1] ?? "").includes(separator)) continue;
    const shape = shapeFor(lines, separator);
    if (shape && (best === undefined || shape.columnCount > best.columnCount)) best = shape;
  }
  return best;
}

function shapeFor(lines: readonly string[], separator: string): CsvShape | undefined {
  const rows = joinRows(lines, separator).map((row) => splitCsvRow(row, separator));
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let columnCount = 0;
  for (const [count, times] of counts) {
    const held = counts.get(columnCount) ?? 0;
    if (count >= 2 && (times > held || (times === held && count > columnCount))) columnCount = count;
  }
  if (columnCount < 2) return undefined;
  // Free text holds commas too: a table has the same number in nearly every row.
  const fits = rows.filter((row) => Math.abs(row.length - columnCount) <= (columnCount > 4 ? 1 : 0)).length;
  if (fits < rows.length * 0.8) return undefined;
  const headerRow = rows.findIndex((row, i) => i < 10 && looksLikeHeader(row, columnCount));
  const firstFit = rows.findIndex((row) => row.length === columnCount);
  return {
    separator,
    columnCount,
    headerRow: headerRow === firstFit || headerRow >= 0 ? headerRow : -1,
    rows,
  };
}

const valueLike =
  /^(?:[-+]?\d[\d.,:/ TZ+-]*|\d{1,3}(?:\.\d{1,3}){3}.*|true|false|null|https?:.*|[0-9a-f]{32,64}|.*@.*\..*)$/i;

/** A clock, a date, or more than a few words: a line of a log with separators in it. */
const proseLike = /\d{1,2}:\d{2}|^\d{4,}|\d{4}-\d{2}-\d{2}|\s{2,}|\u001b|(?:\S+\s+){6}/;

/** A header names its columns: short, distinct texts, none of them a value; one name may be missing. */
function looksLikeHeader(row: readonly string[], columnCount: number): boolean {
  if (row.length < columnCount - 1 || row.length > columnCount + 1 || row.length < 2) return false;
  const seen = new Set<string>();
  let empty = 0;
  for (const cell of row) {
    const name = cell.trim();
    if (name === "") empty++;
    else if (name.length > 80 || valueLike.test(name) || proseLike.test(name) || seen.has(name)) return false;
    else seen.add(name);
  }
  return empty <= 1 && seen.size >= 2;
}
