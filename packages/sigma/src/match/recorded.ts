import type { RecordedText } from "../event.ts";

/**
 * Narrows a text to ASCII in small letters, four units at a time, into `into` from `from` on. Returns where it ends there, or
 * -1 when it has other letters (which fold in ways of their own), a NUL within, or more than fits.
 */
export function narrowFolded({ view, at, count }: RecordedText, into: DataView, from: number): number {
  let length = count;
  while (length > 0 && view.getUint16(at + 2 * length - 2, true) === 0) length--;
  if (from + length > into.byteLength) return -1;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const low = view.getInt32(at + 2 * i, true);
    const high = view.getInt32(at + 2 * i + 4, true);
    if (((low | high) & 0xff80ff80) !== 0) return -1;
    const four = (low & 0x7f) | (low >> 8) | (((high & 0x7f) | (high >> 8)) << 16);
    // A byte is zero where taking one from it borrows.
    if (((four - 0x01010101) & ~four & 0x80808080) !== 0) return -1;
    into.setInt32(from + i, four | capitals(four), true);
  }
  for (; i < length; i++) {
    const unit = view.getUint16(at + 2 * i, true);
    if (unit >= 0x80 || unit === 0) return -1;
    into.setUint8(from + i, unit | capitals(unit));
  }
  return from + length;
}

/** Makes the capitals among ASCII bytes small. Up to three bytes past the end may be changed. */
export function foldAscii(bytes: DataView, from: number, end: number): void {
  for (let at = from; at < end; at += 4) {
    const four = bytes.getInt32(at, true);
    bytes.setInt32(at, four | capitals(four), true);
  }
}

/** 0x20 in each of four ASCII bytes that is a capital letter: the difference to the small one. */
function capitals(four: number): number {
  const fromA = four + 0x3f3f3f3f;
  const pastZ = four + 0x25252525;
  return (fromA & ~pastZ & 0x80808080) >>> 2;
}
