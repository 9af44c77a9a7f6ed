/** Index of the quote that closes a text opened just before `from`; a quote behind an odd number of backslashes does not. -1 when none does. */
export function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at > from && text.charCodeAt(at - 1) === 92) {
    let backslashes = 1;
    while (at - 1 - backslashes >= from && text.charCodeAt(at - 1 - backslashes) === 92) backslashes++;
    if (backslashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return at;
}

/**
 * Splits a text at blanks; "…" and […] hold blanks and lose their marks. At most `limit` parts, the rest is left out.
 * `a "b c" [d e] f` → a, b c, d e, f.
 */
export function splitQuoted(text: string, start = 0, limit = 200): string[] {
  const parts: string[] = [];
  let at = start;
  while (at < text.length && parts.length < limit) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9) {
      at++;
      continue;
    }
    let end: number;
    if (code === 34) {
      end = closingQuote(text, at + 1);
      if (end < 0) end = text.length;
      parts.push(text.slice(at + 1, end));
      at = end + 1;
    } else if (code === 91 && text.indexOf("]", at) > 0) {
      end = text.indexOf("]", at);
      parts.push(text.slice(at + 1, end));
      at = end + 1;
    } else {
      end = at;
      while (end < text.length && text.charCodeAt(end) !== 32 && text.charCodeAt(end) !== 9) end++;
      parts.push(text.slice(at, end));
      at = end;
    }
  }
  return parts;
}
