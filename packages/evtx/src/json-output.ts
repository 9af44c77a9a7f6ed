import { u16, u32 } from "./bytes.ts";
import { impossibleTime, type SplitTime, splitDate, splitFiletime } from "./time.ts";

/**
 * Writers of JSON as UTF-8. Each takes a buffer and a position and returns the position after what it wrote; the caller
 * has made sure that there is room. Positions are passed along, not stored: this is what makes the writers fast.
 */

const encoder = new TextEncoder();

/** 1: a byte that stands for itself in a JSON string. */
const plain = new Uint8Array(256);
for (let code = 0x20; code < 0x80; code++) plain[code] = code === 0x22 || code === 0x5c ? 0 : 1;

/** Words of eight bytes: [from, to) of `words`. */
export function putWords(view: DataView, start: number, words: Float64Array, from: number, to: number): void {
  for (let i = from, p = start; i < to; i++, p += 8) view.setFloat64(p, words[i]!, true);
}

/**
 * UTF-8 of a text in words of eight bytes, zeros after it; and how many bytes it has. Floats are the widest words that are
 * copied at once; UTF-8 never makes one that is not a number, whose bytes a copy may change.
 */
export function textWords(text: string): { readonly words: Float64Array; readonly length: number } {
  const bytes = encoder.encode(text);
  const padded = new Uint8Array(8 * Math.ceil(bytes.length / 8));
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const words = Float64Array.from({ length: padded.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
  return { words, length: bytes.length };
}

/**
 * A JSON string of up to `count` UTF-16 units, cut at the first NUL; at most 6 bytes a unit and 2. Nothing is written and
 * the same position comes back when it is empty. `view` and `from` are the buffers behind `out` and `bytes`.
 */
export function putUtf16(
  out: Uint8Array,
  outView: DataView,
  start: number,
  bytes: Uint8Array,
  bytesView: DataView,
  from: number,
  count: number,
): number {
  if (count === 0 || (bytes[from]! | bytes[from + 1]!) === 0) return start;
  let p = start;
  out[p++] = 0x22;
  const end = from + 2 * count;
  let at = from;
  while (at < end) {
    // Nearly all text is ASCII: four units a step.
    for (; at <= end - 8; at += 8) {
      const low = bytesView.getInt32(at, true);
      const high = bytesView.getInt32(at + 4, true);
      if (((low | high) & 0xff80ff80) !== 0) break;
      const four = (low & 0x7f) | (low >> 8) | (((high & 0x7f) | (high >> 8)) << 16);
      const escaped = escapedBytes(four);
      if ((escaped & (escaped - 1)) === 0) {
        outView.setInt32(p, four, true);
        p += 4;
        if (escaped === 0) continue;
        // One character to escape, nearly always a backslash: those from it on move on by one.
        const first = (31 - Math.clz32(escaped)) & 24;
        const code = (four >>> first) & 0x7f;
        if (code === 0x5c || code === 0x22) {
          const place = p - 4 + (first >> 3);
          outView.setInt32(place + 1, four >>> first, true);
          out[place] = 0x5c;
          p++;
          continue;
        }
        p -= 4;
      }
      for (let rest = four, left = 4; left > 0; left--, rest >>= 8) {
        const code = rest & 0x7f;
        if (plain[code] === 1) out[p++] = code;
        else if (code === 0) return closeText(out, p);
        else p = putEscape(out, p, code);
      }
    }
    if (at >= end) break;
    const low = bytes[at]!;
    if (bytes[at + 1] === 0) {
      if (low === 0) break;
      if (plain[low] === 1) {
        out[p++] = low;
        at += 2;
        continue;
      }
    }
    p = putUnit(out, p, bytes, at, end);
    at += 2;
    if (p < 0) {
      p = -p;
      at += 2;
    }
  }
  return closeText(out, p);
}

function closeText(out: Uint8Array, p: number): number {
  out[p] = 0x22;
  return p + 1;
}

/**
 * The upper bit of each of four ASCII bytes that is a quote, a backslash or a control character. A byte is zero where taking
 * one from it borrows; a byte after such a one may be marked without need, never instead of it.
 */
function escapedBytes(four: number): number {
  const quote = four ^ 0x22222222;
  const backslash = four ^ 0x5c5c5c5c;
  const small = four - 0x20202020;
  return (small | ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash)) & 0x80808080;
}

/** Writes a unit that needs more than its own byte. A negative result: the pair's second unit was taken too. */
function putUnit(out: Uint8Array, start: number, bytes: Uint8Array, at: number, end: number): number {
  const unit = u16(bytes, at);
  let p = start;
  if (unit < 0x80) return putEscape(out, p, unit);
  if (unit < 0x800) {
    out[p++] = 0xc0 | (unit >> 6);
    out[p++] = 0x80 | (unit & 0x3f);
    return p;
  }
  if (unit >= 0xd800 && unit < 0xe000) {
    const next = at + 4 <= end ? u16(bytes, at + 2) : 0;
    // A lone surrogate stays what it is, as an escape: JSON.parse gives it back.
    if (unit >= 0xdc00 || next < 0xdc00 || next >= 0xe000) return putEscape(out, p, unit);
    const code = 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff);
    out[p++] = 0xf0 | (code >> 18);
    out[p++] = 0x80 | ((code >> 12) & 0x3f);
    out[p++] = 0x80 | ((code >> 6) & 0x3f);
    out[p++] = 0x80 | (code & 0x3f);
    return -p;
  }
  out[p++] = 0xe0 | (unit >> 12);
  out[p++] = 0x80 | ((unit >> 6) & 0x3f);
  out[p++] = 0x80 | (unit & 0x3f);
  return p;
}

const hexDigits = encoder.encode("0123456789abcdef");
/** Two characters a word, to write them at once: "00" to "ff", "00" to "FF", "00" to "99". */
const lowerPairs = pairTable(256, (value) => value.toString(16));
const upperPairs = pairTable(256, (value) => value.toString(16).toUpperCase());
const decimalPairs = pairTable(100, String);

function pairTable(count: number, text: (value: number) => string): Uint16Array {
  return Uint16Array.from({ length: count }, (_, value) => {
    const pair = text(value).padStart(2, "0");
    return pair.charCodeAt(0) | (pair.charCodeAt(1) << 8);
  });
}

/** The second character of the two-character escapes, 0 for others. */
const shortEscapes = new Uint8Array(128);
for (const [code, letter] of [
  [8, "b"],
  [9, "t"],
  [10, "n"],
  [12, "f"],
  [13, "r"],
  [34, '"'],
  [92, "\\"],
] as const) {
  shortEscapes[code] = letter.charCodeAt(0);
}

function putEscape(out: Uint8Array, start: number, unit: number): number {
  let p = start;
  out[p++] = 0x5c;
  const short = unit < 0x80 ? shortEscapes[unit]! : 0;
  if (short !== 0) {
    out[p++] = short;
    return p;
  }
  out[p++] = 0x75;
  for (let shift = 12; shift >= 0; shift -= 4) out[p++] = hexDigits[(unit >> shift) & 15]!;
  return p;
}

/** A whole number, exactly representable; at most 17 bytes. */
export function putInteger(out: Uint8Array, start: number, value: number): number {
  let p = start;
  let rest = value;
  if (rest < 0) {
    out[p++] = 0x2d;
    rest = -rest;
  }
  if (rest < 10) {
    out[p] = 0x30 + rest;
    return p + 1;
  }
  if (rest >= 1e9) {
    const upper = Math.floor(rest / 1e9);
    p = putInteger(out, p, upper);
    putDigits(out, p, rest - upper * 1e9, 9);
    return p + 9;
  }
  let count = 2;
  for (let power = 100; rest >= power; power *= 10) count++;
  putDigits(out, p, rest, count);
  return p + count;
}

/** Exactly `count` decimal digits of a number below 2^31. */
function putDigits(out: Uint8Array, start: number, value: number, count: number): void {
  let rest = value | 0;
  for (let p = start + count - 1; p >= start; p--) {
    const tenth = (rest / 10) | 0;
    out[p] = 0x30 + (rest - 10 * tenth);
    rest = tenth;
  }
}

/** `"0x3e7"`; at most 20 bytes. */
export function putHexNumber(out: Uint8Array, start: number, low: number, high: number): number {
  let p = start;
  out[p++] = 0x22;
  out[p++] = 0x30;
  out[p++] = 0x78;
  p =
    high === 0
      ? putHexDigits(out, p, low, false)
      : putHexDigits(out, putHexDigits(out, p, high, false), low, true);
  out[p] = 0x22;
  return p + 1;
}

function putHexDigits(out: Uint8Array, start: number, value: number, isPadded: boolean): number {
  let p = start;
  const count = isPadded || value === 0 ? (isPadded ? 8 : 1) : 8 - (Math.clz32(value) >> 2);
  for (let shift = 4 * (count - 1); shift >= 0; shift -= 4) out[p++] = hexDigits[(value >>> shift) & 15]!;
  return p;
}

/** Bytes as a string of upper-case hexadecimal; twice the size and 2. */
export function putHexBytes(view: DataView, p: number, bytes: Uint8Array, at: number, size: number): number {
  view.setUint8(p, 0x22);
  for (let i = 0; i < size; i++) view.setUint16(p + 1 + 2 * i, upperPairs[bytes[at + i]!]!, true);
  view.setUint8(p + 1 + 2 * size, 0x22);
  return p + 2 + 2 * size;
}

/** Where the text of a GUID, quote and brace before it, has the digits of each byte. */
const guidPlaces = Uint8Array.of(8, 6, 4, 2, 13, 11, 18, 16, 21, 23, 26, 28, 30, 32, 34, 36);

/** 40 bytes. */
export function putGuid(view: DataView, p: number, bytes: Uint8Array, at: number): number {
  view.setUint16(p, 0x7b22, true);
  for (let i = 0; i < 16; i++) view.setUint16(p + guidPlaces[i]!, lowerPairs[bytes[at + i]!]!, true);
  view.setUint8(p + 10, 0x2d);
  view.setUint8(p + 15, 0x2d);
  view.setUint8(p + 20, 0x2d);
  view.setUint8(p + 25, 0x2d);
  view.setUint16(p + 38, 0x227d, true);
  return p + 40;
}

/** The text of a SID whose size has been checked; at most 11 bytes a sub-authority and 24. */
export function putSid(out: Uint8Array, start: number, bytes: Uint8Array, at: number): number {
  let p = start;
  out[p++] = 0x22;
  out[p++] = 0x53;
  out[p++] = 0x2d;
  p = putInteger(out, p, bytes[at]!);
  out[p++] = 0x2d;
  let authority = 0;
  for (let i = 2; i < 8; i++) authority = authority * 256 + bytes[at + i]!;
  p = putInteger(out, p, authority);
  const end = at + 8 + 4 * bytes[at + 1]!;
  for (let sub = at + 8; sub < end; sub += 4) {
    out[p++] = 0x2d;
    p = putInteger(out, p, u32(bytes, sub));
  }
  out[p] = 0x22;
  return p + 1;
}

const time: SplitTime = { seconds: 0, ticks: 0 };

let writtenDay = -1;
/** `"2024-05-06T` of that day, and a zero. */
const writtenDate = new Int32Array(3);

/** 30 bytes. */
export function putFiletime(view: DataView, p: number, low: number, high: number): number {
  if (high >= 0x8000_0000) {
    for (let i = 0; i < 28; i++) view.setUint8(p + 1 + i, impossibleTime.charCodeAt(i));
  } else {
    splitFiletime(low, high, time);
    const day = Math.floor(time.seconds / 86_400);
    if (day !== writtenDay) {
      writtenDay = day;
      const text = encoder.encode(`"${splitDate(day)}T`);
      for (let i = 0; i < 3; i++)
        writtenDate[i] = new DataView(text.buffer, text.byteOffset).getInt32(4 * i, true);
    }
    view.setInt32(p, writtenDate[0]!, true);
    view.setInt32(p + 4, writtenDate[1]!, true);
    view.setInt32(p + 8, writtenDate[2]!, true);
    putClock(view, p + 12, (time.seconds - day * 86_400) | 0, time.ticks | 0);
  }
  view.setUint8(p, 0x22);
  view.setUint8(p + 29, 0x22);
  return p + 30;
}

/** `07:08:09.1234567Z` */
function putClock(view: DataView, p: number, second: number, ticks: number): void {
  const minutes = (second / 60) | 0;
  const hours = (minutes / 60) | 0;
  view.setUint16(p, decimalPairs[hours]!, true);
  view.setUint8(p + 2, 0x3a);
  view.setUint16(p + 3, decimalPairs[minutes - 60 * hours]!, true);
  view.setUint8(p + 5, 0x3a);
  view.setUint16(p + 6, decimalPairs[second - 60 * minutes]!, true);
  view.setUint8(p + 8, 0x2e);
  let rest = ticks;
  for (let at = p + 14; at >= p + 10; at -= 2) {
    const upper = (rest / 100) | 0;
    view.setUint16(at, decimalPairs[rest - 100 * upper]!, true);
    rest = upper;
  }
  view.setUint8(p + 9, 0x30 + rest);
  view.setUint8(p + 16, 0x5a);
}
