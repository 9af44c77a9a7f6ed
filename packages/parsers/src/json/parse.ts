export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}

const bigInteger = /([:[,]\s*)(-?\d{16,})(?=\s*[,}\]])/g;

/**
 * Parses JSON text; integers that a double cannot hold exactly become strings of their digits. Undefined for text that is
 * no JSON. Never throws.
 */
export function parseJson(text: string): JsonValue | undefined {
  try {
    if (!holdsBigInteger(text)) return JSON.parse(text) as JsonValue;
    // Inside a string the added quote ends the string before a digit: a syntax error, never a changed value.
    const quoted = text.replace(bigInteger, (all, before: string, digits: string) =>
      isExact(digits) ? all : `${before}"${digits}"`,
    );
    try {
      return JSON.parse(quoted) as JsonValue;
    } catch {
      return JSON.parse(text, keepDigits) as JsonValue;
    }
  } catch {
    return undefined;
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object on a line, or undefined for anything else. */
export function parseJsonObject(text: string): JsonObject | undefined {
  const value = parseJson(text);
  return isJsonObject(value) ? value : undefined;
}

/** As many digits as the shortest integer that may not fit. */
const manyDigits = 16;

function holdsBigInteger(text: string): boolean {
  if (!holdsManyDigits(text)) return false;
  bigInteger.lastIndex = 0;
  for (let match = bigInteger.exec(text); match; match = bigInteger.exec(text)) {
    if (!isExact(match[2]!)) {
      bigInteger.lastIndex = 0;
      return true;
    }
  }
  return false;
}

/** True where so many digits stand in a row: a run of them covers one of every so many places, and only those are looked at. */
function holdsManyDigits(text: string): boolean {
  for (let at = manyDigits - 1; at < text.length; at += manyDigits) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (isDigit(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end - start < manyDigits && isDigit(text.charCodeAt(end))) end++;
    if (end - start >= manyDigits) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isExact(digits: string): boolean {
  return Number.isSafeInteger(Number(digits));
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value === "number" && source !== undefined && /^-?\d{16,}$/.test(source) && !isExact(source))
    return source;
  return value;
}
