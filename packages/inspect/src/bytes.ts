/**
 * Reads of little-endian numbers and texts that never throw: what lies past the end reads as 0 or "". Parsers of hostile
 * files check sizes where they matter; here a wrong offset is merely a wrong value.
 */

export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

export function u16(bytes: Uint8Array, at: number): number {
  return u8(bytes, at) | (u8(bytes, at + 1) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

/** A 64-bit number; precise up to 2^53, which no offset in a file that fits into memory exceeds. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
}

export function u16be(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 8) | u8(bytes, at + 1);
}

export function u32be(bytes: Uint8Array, at: number): number {
  return ((u16be(bytes, at) << 16) | u16be(bytes, at + 2)) >>> 0;
}

/** A view, cut to what is there. */
export function slice(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const start = Math.min(Math.max(from, 0), bytes.length);
  return bytes.subarray(start, Math.min(Math.max(to, start), bytes.length));
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Each byte as one character, the same back and forth. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return bufferOf(slice(bytes, from, to)).toString("latin1");
}

export function utf16be(bytes: Uint8Array): string {
  const swapped = bytes.slice(0, bytes.length & ~1);
  for (let i = 0; i < swapped.length; i += 2) [swapped[i], swapped[i + 1]] = [swapped[i + 1]!, swapped[i]!];
  return utf16(swapped);
}

export function utf16(bytes: Uint8Array, from = 0, to = bytes.length): string {
  const view = slice(bytes, from, to);
  // A copy of whole characters: Node 24 corrupts its heap when it decodes views of odd length or place as UTF-16.
  const copy = view.slice(0, view.length & ~1);
  return Buffer.from(copy.buffer, 0, copy.length).toString("utf16le");
}

/** Text of one-byte characters up to a NUL, `max` bytes at most. */
export function cString(bytes: Uint8Array, from: number, max = 4096): string {
  const text = latin1(bytes, from, from + max);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

/** UTF-16LE text up to a NUL, `max` bytes at most. */
export function wideString(bytes: Uint8Array, from: number, max = 8192): string {
  const text = utf16(bytes, from, from + max);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

export function hasAt(bytes: Uint8Array, magic: string | readonly number[], at = 0): boolean {
  for (let i = 0; i < magic.length; i++) {
    const expected = typeof magic === "string" ? magic.charCodeAt(i) : magic[i];
    if (bytes[at + i] !== expected) return false;
  }
  return true;
}

/** Offset of the needle (one-byte characters) at or after `from`, or -1. */
export function indexOf(bytes: Uint8Array, needle: string | Uint8Array, from = 0): number {
  const wanted = typeof needle === "string" ? Buffer.from(needle, "latin1") : needle;
  return bufferOf(bytes).indexOf(wanted, from);
}

export function fromLatin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "latin1"));
}

export function hex(bytes: Uint8Array): string {
  return bufferOf(bytes).toString("hex");
}

/** The 16 bytes of a GUID as text: the first three groups are little-endian. */
export function guidAt(bytes: Uint8Array, at: number): string {
  const group = (from: number, to: number) => hex(slice(bytes, at + from, at + to));
  const first = u32(bytes, at).toString(16).padStart(8, "0");
  const second = u16(bytes, at + 4)
    .toString(16)
    .padStart(4, "0");
  const third = u16(bytes, at + 6)
    .toString(16)
    .padStart(4, "0");
  return `${first}-${second}-${third}-${group(8, 10)}-${group(10, 16)}`;
}

/** ISO time of a FILETIME (100 ns since 1601), or nothing for values outside the years 1971 to 2199. */
export function filetimeAt(bytes: Uint8Array, at: number): string | undefined {
  const ms = u64(bytes, at) / 10_000 - 11_644_473_600_000;
  if (ms < 31_536_000_000 || ms > 7_258_118_400_000) return undefined;
  return new Date(Math.floor(ms)).toISOString();
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}
