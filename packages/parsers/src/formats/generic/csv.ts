import type { Head, LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import { type CsvColumns, describeColumns } from "../../csv/columns.ts";
import { TableRowReader } from "../../csv/row.ts";
import { findCsvShape, scanQuotes } from "../../csv/shape.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { splitCsvRow } from "../../text/csv-row.ts";

interface Table {
  readonly separator: string;
  readonly columns: CsvColumns;
  /** Text of the header's row; undefined when the columns have no names. */
  readonly header: string | undefined;
}

const memory = createHeadMemory(findTable);
const maxCells = 1000;

/** Delimited tables of any make: comma, semicolon, tab or bar, with or without a header. */
export const format = {
  kind: "line",
  name: "generic/csv",
  title: "Delimited table (CSV)",
  version: 1,
  notes:
    "A header and rows with as many cells. The meaning of columns is inferred from names and values with a confidence (firebreak.inference.*); the order of day and month from the head. Cells keep their text in firebreak.raw.<column>.",
  sniff(line, head) {
    const table = memory.of(head);
    if (!table?.separator || (!line.includes(table.separator) && !line.startsWith("#"))) return 0;
    if (line.startsWith("#")) return 0.1;
    if (line === head.lines[0] && table.header !== undefined) return 0.4;
    const cells = splitCsvRow(line, table.separator, maxCells).length;
    const near = Math.abs(cells - table.columns.names.length) <= 1;
    return near ? (table.header === undefined ? 0.15 : 0.3) : line.includes('"') ? 0.1 : 0;
  },
  open(context) {
    return new CsvParser(context, memory.recall(context.fileName));
  },
} satisfies LineFormat;

function findTable(head: Head): Table | undefined {
  const start = head.lines.findIndex((line) => !/^#|^sep=.$/.test(line));
  const lines = start > 0 ? head.lines.slice(start) : head.lines;
  if (/^\s*(?:[[{<][^,]*$|\{\s*"|<\d{1,3}>|<\w)/.test(lines[0] ?? "")) return undefined;
  const shape = findCsvShape(lines);
  if (!shape) return undefined;
  const { rows, headerRow, separator } = shape;
  if (headerRow < 0) return findUnnamedTable(rows, separator, shape.columnCount);
  const names = rows[headerRow]!.map(nameOf);
  const columns = describeColumns(names, rows.slice(headerRow + 1));
  // Two columns of words are as likely prose: both must mean something. In a wider table one must.
  const known = columns.guesses.filter((list) => list.length > 0).length;
  // A lone line is a header without rows only when most of its words are names of columns: else a record would be lost.
  const needed = rows.length === 1 ? Math.max(2, names.length / 2) : names.length < 3 ? 2 : 1;
  if (known < needed) return undefined;
  return { separator, columns, header: names.join("\u0000") };
}

/** Without names a table is worth reading only when a column is a time. */
function findUnnamedTable(
  rows: readonly (readonly string[])[],
  separator: string,
  count: number,
): Table | undefined {
  if (count < 3) return undefined;
  const columns = describeColumns(
    Array.from({ length: count }, (_, i) => `column${i + 1}`),
    rows,
  );
  const hasTime = columns.guesses.some((list) => list.some((guess) => guess.kind === "time"));
  return hasTime ? { separator, columns, header: undefined } : undefined;
}

/** Exports that were put together repeat the header among the rows. */
function isHeader(cells: readonly string[], { header, columns }: Table): boolean {
  if (header === undefined || nameOf(cells[0]!, 0) !== columns.names[0]) return false;
  return cells.map(nameOf).join("\u0000") === header;
}

function nameOf(cell: string, column: number): string {
  return cell.trim() || `column${column + 1}`;
}

class CsvParser implements LineParser {
  readonly #rows: TableRowReader;
  #table: Table | undefined;
  #scanned = 0;
  #isOpen = false;

  constructor(context: ParseContext, table: Table | undefined) {
    this.#table = table;
    this.#rows = new TableRowReader(context);
  }

  continues(pending: string, line: string): boolean {
    const table = this.#table;
    if (!table) return false;
    // The text grows by what was joined last: only the new part is scanned.
    const grown = this.#scanned > 0 && pending.length > this.#scanned && this.#isOpen;
    this.#isOpen = scanQuotes(pending, table.separator, grown ? this.#scanned : 0, grown);
    this.#scanned = this.#isOpen ? pending.length : 0;
    // A whole row of its own after an open quote: the quote was a broken cell, not the start of a long one.
    return this.#isOpen && !this.#isWholeRow(line, table);
  }

  #isWholeRow(line: string, table: Table): boolean {
    const count = table.columns.names.length;
    return (
      count > 2 &&
      !scanQuotes(line, table.separator, 0, false) &&
      splitCsvRow(line, table.separator, maxCells).length === count
    );
  }

  parse(record: string): LineResult {
    this.#scanned = 0;
    this.#isOpen = false;
    if (/^sep=.$/.test(record)) return { skip: "CSV header" };
    const table = this.#table;
    if (!table) return undefined;
    const cells = splitCsvRow(record, table.separator, maxCells);
    if (record.startsWith("#") && cells.length !== table.columns.names.length) return { skip: "comment" };
    if (cells.length < 2) return undefined;
    if (isHeader(cells, table)) return { skip: "CSV header" };
    const count = table.columns.names.length;
    if (cells.length < count - 1 || cells.length > count + 20)
      return { reject: `${cells.length} cells where the header names ${count}` };
    return this.#rows.read(cells, table.columns);
  }
}
