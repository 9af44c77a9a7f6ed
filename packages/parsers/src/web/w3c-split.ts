/**
 * Splits a line of a W3C extended log (W3C WD-logfile) at blanks and tabs. A value in quotes holds blanks when its closing
 * quote ends the value; any other quote is part of the text, as IIS writes it.
 */
export function splitW3c(line: string, limit = 300): string[] {
  const values: string[] = [];
  let at = 0;
  while (at < line.length && values.length < limit) {
    const code = line.charCodeAt(at);
    if (code === 32 || code === 9) {
      at++;
      continue;
    }
    const closing = code === 34 ? closingAtEnd(line, at + 1) : -1;
    if (closing >= 0) {
      values.push(line.slice(at + 1, closing).replaceAll('""', '"'));
      at = closing + 1;
      continue;
    }
    let end = at + 1;
    while (end < line.length && line.charCodeAt(end) !== 32 && line.charCodeAt(end) !== 9) end++;
    values.push(line.slice(at, end));
    at = end;
  }
  return values;
}

/** The next quote that a blank or the end of the line follows. */
function closingAtEnd(line: string, from: number): number {
  for (
    let at = line.indexOf('"', from), tries = 0;
    at >= 0 && tries < 200;
    at = line.indexOf('"', at + 1), tries++
  ) {
    const after = line.charCodeAt(at + 1);
    if (at + 1 >= line.length || after === 32 || after === 9) return at;
  }
  return -1;
}
