import { inert } from "./output.ts";

export type TableFormat = "table" | "csv" | "jsonl";
type Cell = string | number | null;

/** Rows of one shape as text for people, for a spreadsheet or as JSON lines. Columns are the keys of the first row. */
export function renderRows(
  rows: readonly Readonly<Record<string, Cell>>[],
  columns: readonly string[],
  format: TableFormat,
): string {
  if (format === "jsonl") return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const cells = rows.map((row) => columns.map((column) => String(row[column] ?? "")));
  if (format === "csv") return [columns, ...cells].map((line) => `${line.map(csvCell).join(",")}\n`).join("");
  const isNumber = columns.map((column) => rows.some((row) => typeof row[column] === "number"));
  const shown = [columns.slice(), ...cells.map((line) => line.map((cell) => shorten(inert(cell))))];
  const widths = columns.map((_, at) => Math.max(...shown.map((line) => line[at]!.length)));
  return shown
    .map((line) => {
      const padded = line.map((cell, at) =>
        isNumber[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!),
      );
      return `${padded.join("  ").trimEnd()}\n`;
    })
    .join("");
}

const cellCharsMax = 60;

function shorten(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, " ");
  return line.length > cellCharsMax ? `${line.slice(0, cellCharsMax - 1)}…` : line;
}

function csvCell(value: string): string {
  // A leading sign would make a spreadsheet run the cell as a formula.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
