/** Decompression of VBA streams ([MS-OVBA] 2.4.1). */
import { u8, u16 } from "../../bytes.ts";

const plainBytesMax = 32 * 2 ** 20;

export interface Decompressed {
  readonly bytes: Uint8Array;
  /** False when the container is damaged or cut: what came out before stands. */
  readonly isWhole: boolean;
}

/** Unpacks the container at `at`; nothing when there is none. */
export function decompressVba(bytes: Uint8Array, at = 0): Decompressed | undefined {
  if (u8(bytes, at) !== 1 || at + 3 > bytes.length) return undefined;
  const out = new Output();
  let position = at + 1;
  while (position + 2 <= bytes.length) {
    const header = u16(bytes, position);
    // [MS-OVBA] 2.4.1.1.5: bits 12 to 14 are 0b011, bit 15 says compressed. Zeros after the last chunk are padding.
    if ((header & 0x7000) !== 0x3000) return { bytes: out.take(), isWhole: header === 0 && out.length > 0 };
    const end = position + (header & 0x0fff) + 3;
    const isCompressed = (header & 0x8000) !== 0;
    if (!isCompressed) out.copy(bytes, position + 2, Math.min(bytes.length, position + 2 + 4096));
    else if (!unpackChunk(bytes, position + 2, Math.min(end, bytes.length), out))
      return { bytes: out.take(), isWhole: false };
    if (end > bytes.length || out.length > plainBytesMax) return { bytes: out.take(), isWhole: false };
    position = end;
  }
  return { bytes: out.take(), isWhole: true };
}

/** A flag byte for eight tokens; a set bit is a copy of what came before ([MS-OVBA] 2.4.1.3.5). */
function unpackChunk(bytes: Uint8Array, from: number, end: number, out: Output): boolean {
  const start = out.length;
  let position = from;
  while (position < end) {
    const flags = u8(bytes, position++);
    for (let bit = 0; bit < 8 && position < end; bit++) {
      if ((flags & (1 << bit)) === 0) {
        out.push(u8(bytes, position++));
        continue;
      }
      const token = u16(bytes, position);
      position += 2;
      const lengthBits = 16 - offsetBits(out.length - start);
      const length = (token & ((1 << lengthBits) - 1)) + 3;
      const offset = (token >> lengthBits) + 1;
      if (offset > out.length - start) return false;
      out.repeat(offset, length);
    }
  }
  return true;
}

/** [MS-OVBA] 2.4.1.3.19.1: the more is there to refer to, the more bits the offset takes. */
function offsetBits(produced: number): number {
  let bits = 4;
  while (1 << bits < produced && bits < 12) bits++;
  return bits;
}

class Output {
  #buffer = new Uint8Array(8192);
  length = 0;

  push(value: number): void {
    this.#grow(1);
    this.#buffer[this.length++] = value;
  }

  copy(bytes: Uint8Array, from: number, to: number): void {
    this.#grow(to - from);
    this.#buffer.set(bytes.subarray(from, to), this.length);
    this.length += to - from;
  }

  repeat(offset: number, length: number): void {
    this.#grow(length);
    for (let i = 0; i < length; i++) this.#buffer[this.length + i] = this.#buffer[this.length + i - offset]!;
    this.length += length;
  }

  take(): Uint8Array {
    return this.#buffer.slice(0, this.length);
  }

  #grow(by: number): void {
    if (this.length + by <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.length + by));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}
