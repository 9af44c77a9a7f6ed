/**
 * Splits one row of comma-separated values. Quotes may open at the start of a cell only and are doubled inside
 * (RFC 4180 §2); a cell that never closes takes the rest of the row. At most `limit` cells: the last keeps the remainder.
 */
export function splitCsvRow(row: string, separator = ",", limit = 1000): string[] {
  if (!row.includes('"')) {
    const plain = row.split(separator);
    if (plain.length <= limit) return plain;
  }
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (cells.length === limit - 1) {
      cells.push(row.slice(at));
      return cells;
    }
    if (row.charCodeAt(at) === 34) {
      const [cell, end] = quotedCell(row, at + 1);
      const next = row.indexOf(separator, end);
      cells.push(next < 0 ? cell + row.slice(end) : cell + row.slice(end, next));
      if (next < 0) return cells;
      at = next + 1;
      continue;
    }
    const next = row.indexOf(separator, at);
    if (next < 0) {
      cells.push(row.slice(at));
      return cells;
    }
    cells.push(row.slice(at, next));
    at = next + 1;
  }
}

/** The text of a quoted cell and the index behind its closing quote. */
function quotedCell(row: string, start: number): [string, number] {
  let from = start;
  let text = "";
  for (;;) {
    const quote = row.indexOf('"', from);
    if (quote < 0) return [text + row.slice(from), row.length];
    text += row.slice(from, quote);
    if (row.charCodeAt(quote + 1) !== 34) return [text, quote + 1];
    text += '"';
    from = quote + 2;
  }
}
