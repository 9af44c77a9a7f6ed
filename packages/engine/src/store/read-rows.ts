import type { DuckDBDataChunk } from "@duckdb/node-api";

export type Row = Record<string, unknown>;

/**
 * The rows of a chunk as plain objects; BIGINT values come as numbers. Column after column: the library's own way asks each
 * vector for its type at every value and makes a list of each row first.
 */
export function readRows(chunk: DuckDBDataChunk, names: readonly string[]): Row[] {
  const count = chunk.rowCount;
  // Copies of a row that has all names: one to which they are added grows again and again.
  const blank: Row = Object.fromEntries(names.map((name) => [name, null]));
  const rows: Row[] = [];
  for (let at = 0; at < count; at++) rows.push({ ...blank });
  for (const [column, name] of names.entries()) {
    const vector = chunk.getColumnVector(column);
    for (let at = 0; at < count; at++) {
      const value: unknown = vector.getItem(at);
      rows[at]![name] = typeof value === "bigint" ? Number(value) : value;
    }
  }
  return rows;
}
