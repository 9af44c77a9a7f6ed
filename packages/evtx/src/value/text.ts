/** UTF-16 in a log to JavaScript strings: short texts repeat all the time and are looked up instead of made anew. */

const cacheSlots = 8192;
const cachedUnitsMax = 64;
const cachedWords = cachedUnitsMax / 2;
/** Direct-mapped: a text replaces the one in its slot, so the cache stays small whatever the evidence holds. */
const texts: string[] = new Array<string>(cacheSlots).fill("");
/** The units of each cached text, two a word, to compare by. */
const words = new Int32Array(cacheSlots * cachedWords);

let viewed: Uint8Array | undefined;
let view: DataView = new DataView(new ArrayBuffer(0));

/** The text of `count` UTF-16 units at `from`. */
export function utf16Text(bytes: Uint8Array, from: number, count: number): string {
  if (count === 0) return "";
  if (viewed !== bytes) {
    viewed = bytes;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  if (count > cachedUnitsMax) return makeText(bytes, view, from, count);
  // A few units place a text well enough; what counts is the comparison.
  let hash = count;
  const step = count < 8 ? 2 : 2 * (count >> 2);
  const end = from + 2 * count;
  for (let at = from; at < end; at += step) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash = Math.imul(hash ^ bytes[end - 2]!, 0x01000193);
  const slot = (hash ^ (hash >>> 15)) & (cacheSlots - 1);
  if (texts[slot]!.length === count && isCached(slot, view, from, count)) return texts[slot]!;
  const text = makeText(bytes, view, from, count);
  remember(slot, view, from, count);
  texts[slot] = text;
  return text;
}

function isCached(slot: number, from: DataView, at: number, count: number): boolean {
  const base = slot * cachedWords;
  const whole = count >> 1;
  for (let i = 0; i < whole; i++) if (words[base + i] !== from.getInt32(at + 4 * i, true)) return false;
  return count % 2 === 0 || words[base + whole] === from.getUint16(at + 4 * whole, true);
}

function remember(slot: number, from: DataView, at: number, count: number): void {
  const base = slot * cachedWords;
  const whole = count >> 1;
  for (let i = 0; i < whole; i++) words[base + i] = from.getInt32(at + 4 * i, true);
  if (count % 2 === 1) words[base + whole] = from.getUint16(at + 4 * whole, true);
}

const nodeBuffer = (globalThis as { Buffer?: typeof Buffer }).Buffer;
/** A value has 64 KiB at most: 32 Ki units, and room for a last whole word. */
const narrowed = nodeBuffer?.alloc(32_776);
const narrowedView = narrowed && new DataView(narrowed.buffer, narrowed.byteOffset, narrowed.length);

/** Lone surrogates stay as they are. Text without them or anything else beyond Latin-1 becomes a one-byte string. */
function makeText(bytes: Uint8Array, from: DataView, at: number, count: number): string {
  if (narrowed === undefined || narrowedView === undefined || nodeBuffer === undefined || count > 32_768) {
    return decodeUnits(from, at, count);
  }
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const low = from.getInt32(at + 2 * i, true);
    const high = from.getInt32(at + 2 * i + 4, true);
    if (((low | high) & 0xff00ff00) !== 0) break;
    narrowedView.setInt32(i, (low & 0xff) | (low >> 8) | (((high & 0xff) | (high >> 8)) << 16), true);
  }
  for (; i < count; i++) {
    const unit = from.getUint16(at + 2 * i, true);
    if (unit > 0xff) {
      return nodeBuffer.from(bytes.buffer, bytes.byteOffset + at, 2 * count).toString("utf16le");
    }
    narrowed[i] = unit;
  }
  return narrowed.toString("latin1", 0, count);
}

/** The same without help from the runtime. */
export function decodeUnits(from: DataView, at: number, count: number): string {
  let text = "";
  for (let start = 0; start < count; start += 4096) {
    const units: number[] = [];
    for (let i = start; i < Math.min(start + 4096, count); i++) units.push(from.getUint16(at + 2 * i, true));
    text += String.fromCharCode(...units);
  }
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
