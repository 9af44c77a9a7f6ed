/** Most pairs read from one record; the rest is left unread and the event says `firebreak.truncated`. */
export const maxPairs = 500;

export interface PairStyle {
  /** Character between pairs; a space also stands for runs of spaces. Default " ". */
  separator?: string;
  /** Character between name and value. Default "=". */
  assign?: string;
  /** An unquoted value runs on over words that are not followed by the assign character ("Unknown (0x0000)"). */
  spaces?: boolean;
}

/**
 * Reads `name=value name="quoted \"value\""` pairs and hands each to `visit`. A word without a value is passed over. Values may be quoted with " or '.
 * Returns true when the record held more than `maxPairs` pairs.
 */
export function readPairs(
  text: string,
  start: number,
  visit: (name: string, value: string) => void,
  style: PairStyle = {},
): boolean {
  const separator = (style.separator ?? " ").charCodeAt(0);
  const assign = style.assign ?? "=";
  const spaces = style.spaces ?? false;
  const assignCode = assign.charCodeAt(0);
  const hasEscapes = text.includes("\\");
  const mark = String.fromCharCode(separator);
  let wordEnd = text.indexOf(mark, start);
  let comma = text.indexOf(",", start);
  const length = text.length;
  let at = start;
  let count = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code === separator || code === 32 || code === 44 || code === 9) {
      at++;
      continue;
    }
    const equals = text.indexOf(assign, at);
    if (equals < 0) return false;
    wordEnd = next(text, mark, wordEnd, at);
    comma = next(text, ",", comma, at);
    const isWord = (wordEnd < 0 || wordEnd > equals) && (comma < 0 || comma > equals);
    const name = text.slice(isWord ? at : lastWordStart(text, at, equals, separator), equals);
    const first = text.charCodeAt(equals + 1);
    let end: number;
    let value: string;
    if (first === 34 || (first === 39 && separator === 32)) {
      end = closingQuote(text, equals + 2, first);
      value = text.slice(equals + 2, end);
      if (hasEscapes && value.includes("\\")) value = unescapeQuoted(value);
      end++;
    } else {
      end =
        wordEnd > equals && !spaces
          ? wordEnd
          : bareEnd(text, equals + 1, separator, spaces ? assignCode : -1);
      value = text.slice(equals + 1, end);
    }
    if (count === maxPairs) return true;
    if (name !== "") {
      visit(name, value);
      count++;
    }
    at = end;
  }
  return false;
}

/** Where a mark comes next at or behind `at`, when it came at `last` before; -1 when it does not. */
function next(text: string, mark: string, last: number, at: number): number {
  return last < 0 || last >= at ? last : text.indexOf(mark, at);
}

/** Words before a name ("message text src=1.2.3.4") are no part of it. */
function lastWordStart(text: string, from: number, end: number, separator: number): number {
  let start = end;
  while (start > from) {
    const code = text.charCodeAt(start - 1);
    if (code === separator || (separator === 32 && (code === 32 || code === 44))) break;
    start--;
  }
  if (separator !== 32) while (start < end && text.charCodeAt(start) === 32) start++;
  return start;
}

function closingQuote(text: string, from: number, quote: number): number {
  const mark = quote === 34 ? '"' : "'";
  let end = text.indexOf(mark, from);
  while (end > 0 && text.charCodeAt(end - 1) === 92 && isEscaped(text, end, from))
    end = text.indexOf(mark, end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number, from: number): boolean {
  let backslashes = 0;
  for (let i = at - 1; i >= from && text.charCodeAt(i) === 92; i--) backslashes++;
  return backslashes % 2 === 1;
}

function unescapeQuoted(value: string): string {
  return value.replace(/\\(["'\\\]=|])/g, "$1");
}

function bareEnd(text: string, from: number, separator: number, assignCode: number): number {
  const mark = String.fromCharCode(separator);
  let end = text.indexOf(mark, from);
  if (end < 0) return text.length;
  while (assignCode >= 0) {
    // The next word belongs to the value when no assign character stands in it.
    let word = end;
    while (text.charCodeAt(word) === separator) word++;
    let i = word;
    let code = text.charCodeAt(i);
    while (i < text.length && code !== separator && code !== assignCode) code = text.charCodeAt(++i);
    if (i < text.length && code === assignCode) return end;
    if (i >= text.length) return text.length;
    end = i;
  }
  return end;
}
