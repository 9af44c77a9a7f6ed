/** UTF-16 in a log to JavaScript strings: short texts repeat all the time and are looked up instead of made anew. */

type Utf16Decoder = (bytes: Uint8Array, from: number, to: number) => string;

const decodeLong: Utf16Decoder = makeDecoder();

const cacheSlots = 8192;
const cacheLengthMax = 64;
/** Direct-mapped: a text replaces the one in its slot, so the cache stays small whatever the evidence holds. */
const cached: string[] = new Array<string>(cacheSlots).fill("");

/** The text of `count` UTF-16 units at `from`. */
export function utf16Text(bytes: Uint8Array, from: number, count: number): string {
  if (count === 0) return "";
  if (count > cacheLengthMax) return decodeLong(bytes, from, from + 2 * count);
  // A few units place a text well enough; what counts is the comparison.
  let hash = count;
  const step = count < 8 ? 2 : 2 * (count >> 2);
  const end = from + 2 * count;
  for (let at = from; at < end; at += step) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash = Math.imul(hash ^ bytes[end - 2]!, 0x01000193);
  const slot = (hash ^ (hash >>> 15)) & (cacheSlots - 1);
  const known = cached[slot]!;
  if (known.length === count && isTextAt(known, bytes, from)) return known;
  const text = decodeShort(bytes, from, count);
  cached[slot] = text;
  return text;
}

/** Number of units before the first NUL. */
export function unitsBeforeNul(bytes: Uint8Array, from: number, count: number): number {
  // Most strings end with the NUL or have none: look there first, then make sure.
  for (let i = 0, at = from; i < count; i++, at += 2) if ((bytes[at]! | bytes[at + 1]!) === 0) return i;
  return count;
}

export function isTextAt(text: string, bytes: Uint8Array, from: number): boolean {
  for (let i = 0, at = from; i < text.length; i++, at += 2) {
    if (text.charCodeAt(i) !== (bytes[at]! | (bytes[at + 1]! << 8))) return false;
  }
  return true;
}

function decodeShort(bytes: Uint8Array, from: number, count: number): string {
  let text = "";
  for (let i = 0, at = from; i < count; i++, at += 2) {
    text += String.fromCharCode(bytes[at]! | (bytes[at + 1]! << 8));
  }
  return text;
}

/** Node's own slice where there is one (lone surrogates stay as they are), else a loop. */
function makeDecoder(): Utf16Decoder {
  const nodeBuffer = (globalThis as { Buffer?: typeof Buffer }).Buffer;
  if (nodeBuffer !== undefined) {
    return (bytes, from, to) =>
      nodeBuffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf16le");
  }
  return (bytes, from, to) => {
    let text = "";
    const units: number[] = [];
    for (let at = from; at < to; at += 2) {
      units.push(bytes[at]! | (bytes[at + 1]! << 8));
      if (units.length === 4096) text += String.fromCharCode(...units.splice(0));
    }
    return text + String.fromCharCode(...units);
  };
}

/** Windows-1252 for the bytes 0x80 to 0x9F; the rest equals Latin-1. Undefined bytes stay control characters. */
const upperHalf =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

/** ANSI text: the log does not state its code page, 1252 is assumed. NULs end nothing here and are left out. */
export function ansiText(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80 && byte < 0xa0) text += upperHalf[byte - 0x80];
    else if (byte !== 0) text += String.fromCharCode(byte);
  }
  return text;
}
