/** Little-endian reads. The caller has checked the bounds. */

export function u16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

export function u64(bytes: Uint8Array, at: number): bigint {
  return (BigInt(u32(bytes, at + 4)) << 32n) | BigInt(u32(bytes, at));
}

/** A 64-bit unsigned integer as a number where that is exact, otherwise as a bigint. */
export function u64Number(bytes: Uint8Array, at: number): number | bigint {
  const high = u32(bytes, at + 4);
  return high < 0x200000 ? high * 0x1_0000_0000 + u32(bytes, at) : u64(bytes, at);
}

/** Do the bytes at `at` spell this ASCII text? */
export function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

const zeros = new Uint8Array(65_536);
const compareNative = (globalThis as { Buffer?: typeof Buffer }).Buffer?.compare;

/** Are all bytes of [from, to) zero? Free space is most of many logs, so this uses the runtime's own comparison. */
export function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 64 && to - from <= zeros.length && compareNative !== undefined) {
    return compareNative(bytes.subarray(from, to), zeros.subarray(0, to - from)) === 0;
  }
  for (let i = from; i < to; i++) if (bytes[i] !== 0) return false;
  return true;
}
