import { u16, u32 } from "./bytes.ts";
import { impossibleTime, type SplitTime, splitDate, splitFiletime } from "./time.ts";

/** JSON as UTF-8 bytes. One buffer is written over and over; what it holds is taken out before the next record. */

let buffer = new Uint8Array(1 << 17);
let position = 0;

export function outputPosition(): number {
  return position;
}

/** Goes back to an earlier position: what was written since is void. */
export function rewindOutput(to: number): void {
  position = to;
}

/** A view of what was written since `from`; valid until the next write. */
export function outputSince(from: number): Uint8Array {
  return buffer.subarray(from, position);
}

function reserve(length: number): void {
  if (position + length <= buffer.length) return;
  const larger = new Uint8Array(2 * (position + length));
  larger.set(buffer.subarray(0, position));
  buffer = larger;
}

export function writeByte(byte: number): void {
  if (position === buffer.length) reserve(1);
  buffer[position++] = byte;
}

export function writeBytes(bytes: Uint8Array): void {
  const { length } = bytes;
  reserve(length);
  // Keys are short: a loop is faster than the call that copies.
  if (length > 32) buffer.set(bytes, position);
  else for (let i = 0; i < length; i++) buffer[position + i] = bytes[i]!;
  position += length;
}

const encoder = new TextEncoder();

/** Any text, as it is. */
export function writeText(text: string): void {
  writeBytes(encoder.encode(text));
}

/** 1: a byte that stands for itself in a JSON string. */
const plain = new Uint8Array(256);
for (let code = 0x20; code < 0x80; code++) plain[code] = code === 0x22 || code === 0x5c ? 0 : 1;

/** A JSON string of up to `count` UTF-16 units, cut at the first NUL. False and nothing written when it is empty. */
export function writeUtf16(bytes: Uint8Array, from: number, count: number): boolean {
  if (count === 0 || (bytes[from]! | bytes[from + 1]!) === 0) return false;
  reserve(6 * count + 2);
  const out = buffer;
  let p = position;
  out[p++] = 0x22;
  const end = from + 2 * count;
  for (let at = from; at < end; at += 2) {
    const low = bytes[at]!;
    if (bytes[at + 1] === 0) {
      if (plain[low] === 1) {
        out[p++] = low;
        continue;
      }
      if (low === 0) break;
    }
    p = writeUnit(out, p, bytes, at, end);
    if (p < 0) {
      p = -p;
      at += 2;
    }
  }
  out[p++] = 0x22;
  position = p;
  return true;
}

/** Writes a unit that needs more than its own byte. A negative result: the pair's second unit was taken too. */
function writeUnit(out: Uint8Array, p: number, bytes: Uint8Array, at: number, end: number): number {
  const unit = u16(bytes, at);
  if (unit < 0x80) return writeEscape(out, p, unit);
  if (unit < 0x800) {
    out[p++] = 0xc0 | (unit >> 6);
    out[p++] = 0x80 | (unit & 0x3f);
    return p;
  }
  if (unit >= 0xd800 && unit < 0xe000) {
    const next = at + 4 <= end ? u16(bytes, at + 2) : 0;
    // A lone surrogate stays what it is, as an escape: JSON.parse gives it back.
    if (unit >= 0xdc00 || next < 0xdc00 || next >= 0xe000) return writeEscape(out, p, unit);
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
const upperDigits = encoder.encode("0123456789ABCDEF");
/** The second character of the two-character escapes. */
const shortEscapes: Readonly<Record<number, number>> = {
  8: 0x62,
  9: 0x74,
  10: 0x6e,
  12: 0x66,
  13: 0x72,
  34: 0x22,
  92: 0x5c,
};

function writeEscape(out: Uint8Array, p: number, unit: number): number {
  out[p++] = 0x5c;
  const short = shortEscapes[unit];
  if (short !== undefined) {
    out[p++] = short;
    return p;
  }
  if (unit === 0x7f) {
    out[p - 1] = unit;
    return p;
  }
  out[p++] = 0x75;
  for (let shift = 12; shift >= 0; shift -= 4) out[p++] = hexDigits[(unit >> shift) & 15]!;
  return p;
}

/** A whole number, exactly representable. */
export function writeInteger(value: number): void {
  reserve(24);
  let rest = value;
  if (rest < 0) {
    buffer[position++] = 0x2d;
    rest = -rest;
  }
  let digits = 1;
  for (let power = 10; rest >= power; power *= 10) digits++;
  const end = position + digits;
  for (let p = end - 1; p >= position; p--) {
    const tenth = Math.floor(rest / 10);
    buffer[p] = 0x30 + (rest - 10 * tenth);
    rest = tenth;
  }
  position = end;
}

/** `"0x3e7"` */
export function writeHexNumber(low: number, high: number): void {
  reserve(24);
  buffer[position++] = 0x22;
  buffer[position++] = 0x30;
  buffer[position++] = 0x78;
  let started = false;
  for (let shift = 60; shift >= 0; shift -= 4) {
    const digit = shift >= 32 ? (high >>> (shift - 32)) & 15 : (low >>> shift) & 15;
    if (digit === 0 && !started && shift > 0) continue;
    started = true;
    buffer[position++] = hexDigits[digit]!;
  }
  buffer[position++] = 0x22;
}

/** Bytes as a string of upper-case hexadecimal. */
export function writeHexBytes(bytes: Uint8Array, at: number, size: number): void {
  reserve(2 * size + 2);
  buffer[position++] = 0x22;
  for (let i = at; i < at + size; i++) {
    buffer[position++] = upperDigits[bytes[i]! >> 4]!;
    buffer[position++] = upperDigits[bytes[i]! & 15]!;
  }
  buffer[position++] = 0x22;
}

/** Order of a GUID's bytes in its text; -1 is a dash. */
const guidOrder = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];

export function writeGuid(bytes: Uint8Array, at: number): void {
  reserve(40);
  buffer[position++] = 0x22;
  buffer[position++] = 0x7b;
  for (let i = 0; i < guidOrder.length; i++) {
    const index = guidOrder[i]!;
    if (index < 0) buffer[position++] = 0x2d;
    else {
      const byte = bytes[at + index]!;
      buffer[position++] = hexDigits[byte >> 4]!;
      buffer[position++] = hexDigits[byte & 15]!;
    }
  }
  buffer[position++] = 0x7d;
  buffer[position++] = 0x22;
}

/** The text of a SID whose size has been checked. */
export function writeSid(bytes: Uint8Array, at: number): void {
  reserve(16);
  buffer[position++] = 0x22;
  buffer[position++] = 0x53;
  buffer[position++] = 0x2d;
  writeInteger(bytes[at]!);
  writeByte(0x2d);
  let authority = 0;
  for (let i = 2; i < 8; i++) authority = authority * 256 + bytes[at + i]!;
  writeInteger(authority);
  const end = at + 8 + 4 * bytes[at + 1]!;
  for (let sub = at + 8; sub < end; sub += 4) {
    writeByte(0x2d);
    writeInteger(u32(bytes, sub));
  }
  writeByte(0x22);
}

const time: SplitTime = { seconds: 0, ticks: 0 };

export function writeFiletime(low: number, high: number): void {
  if (high >= 0x8000_0000) {
    writeText(`"${impossibleTime}"`);
    return;
  }
  splitFiletime(low, high, time);
  const day = Math.floor(time.seconds / 86_400);
  const date = splitDate(day);
  const second = time.seconds - day * 86_400;
  const minutes = Math.floor(second / 60);
  const hours = Math.floor(minutes / 60);
  reserve(32);
  buffer[position++] = 0x22;
  for (let i = 0; i < 10; i++) buffer[position++] = date.charCodeAt(i);
  buffer[position++] = 0x54;
  digits(hours, 2);
  buffer[position++] = 0x3a;
  digits(minutes - 60 * hours, 2);
  buffer[position++] = 0x3a;
  digits(second - 60 * minutes, 2);
  buffer[position++] = 0x2e;
  digits(time.ticks, 7);
  buffer[position++] = 0x5a;
  buffer[position++] = 0x22;
}

/** Exactly `count` decimal digits of a number below 2^31. */
function digits(value: number, count: number): void {
  let rest = value | 0;
  for (let p = position + count - 1; p >= position; p--) {
    const tenth = (rest / 10) | 0;
    buffer[p] = 0x30 + (rest - 10 * tenth);
    rest = tenth;
  }
  position += count;
}
