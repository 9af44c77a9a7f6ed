/** CRC-32 (IEEE 802.3, reflected): the runtime's own where it has one, otherwise eight bytes a step. */

interface Runtime {
  readonly process?: {
    getBuiltinModule?(name: "node:zlib"): { crc32?(bytes: Uint8Array, previous: number): number } | undefined;
  };
}

const native = (globalThis as Runtime).process?.getBuiltinModule?.("node:zlib")?.crc32;
const tables = makeTables();

/** Checksum of `bytes[from, to)`; pass the result of an earlier part as `previous` to go on. */
export function crc32(bytes: Uint8Array, from: number, to: number, previous = 0): number {
  return native === undefined
    ? portableCrc32(bytes, from, to, previous)
    : native(bytes.subarray(from, to), previous);
}

/** The same without help from the runtime. */
export function portableCrc32(bytes: Uint8Array, from: number, to: number, previous = 0): number {
  let crc = ~previous;
  let at = from;
  for (; at + 8 <= to; at += 8) {
    const low = crc ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    crc =
      tables[1792 + (low & 0xff)]! ^
      tables[1536 + ((low >>> 8) & 0xff)]! ^
      tables[1280 + ((low >>> 16) & 0xff)]! ^
      tables[1024 + (low >>> 24)]! ^
      tables[768 + bytes[at + 4]!]! ^
      tables[512 + bytes[at + 5]!]! ^
      tables[256 + bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

function makeTables(): Int32Array {
  const all = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    all[byte] = crc;
  }
  for (let byte = 0; byte < 256; byte++) {
    for (let table = 1; table < 8; table++) {
      const before = all[(table - 1) * 256 + byte]!;
      all[table * 256 + byte] = (before >>> 8) ^ all[before & 0xff]!;
    }
  }
  return all;
}
