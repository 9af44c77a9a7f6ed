import { crc32 } from "node:zlib";
import { encodeGuid, utf16 } from "./values.ts";

export const chunkSize = 65_536;
const recordsStart = 512;

/**
 * The bytes of one chunk while it is filled: a cursor, the names and the templates that it already holds. Offsets in
 * binary XML are relative to the chunk, so names and templates are shared within one chunk only.
 */
export class ChunkBuilder {
  bytes = new Uint8Array(4 * chunkSize);
  view = new DataView(this.bytes.buffer);
  position = recordsStart;
  recordCount = 0;
  firstId = 0n;
  lastId = 0n;
  firstNumber = 0n;
  lastRecordOffset = 0;
  readonly names = new Map<string, number>();
  readonly templates = new Map<string, number>();
  private undo: Array<() => void> = [];
  private begin = recordsStart;

  /** Remembers the state, so that a record that does not fit can be taken back. */
  mark(): void {
    this.begin = this.position;
    this.undo = [];
  }

  rollback(): void {
    for (const step of this.undo.reverse()) step();
    this.bytes.fill(0, this.begin, this.position);
    this.position = this.begin;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value;
  }

  u16(value: number): void {
    this.reserve(2);
    this.view.setUint16(this.position, value, true);
    this.position += 2;
  }

  u32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  u64(value: bigint): void {
    this.reserve(8);
    this.view.setBigUint64(this.position, value, true);
    this.position += 8;
  }

  raw(part: Uint8Array): void {
    this.reserve(part.length);
    this.bytes.set(part, this.position);
    this.position += part.length;
  }

  /** Writes a u32 at `at` that was left open: a size known only when its content is written. */
  patchSize(at: number): void {
    this.view.setUint32(at, this.position - at - 4, true);
  }

  /** A name offset, followed by the name itself at its first use in the chunk. */
  name(text: string): void {
    const known = this.names.get(text);
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    this.u32(this.position + 4);
    const hash = nameHash(text);
    const at = this.position;
    this.u32(this.link(128 + 4 * (hash % 64), at));
    this.u16(hash);
    this.u16(text.length);
    this.raw(utf16(`${text}\0`));
    this.names.set(text, at);
    this.undo.push(() => this.names.delete(text));
  }

  /** A template definition offset, followed by the definition itself at its first use in the chunk. */
  template(guid: string, writeRoot: () => void): void {
    const guidBytes = encodeGuid(guid);
    this.raw(guidBytes.subarray(0, 4));
    const known = this.templates.get(guid);
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    this.u32(this.position + 4);
    const at = this.position;
    this.templates.set(guid, at);
    this.undo.push(() => this.templates.delete(guid));
    this.u32(this.link(384 + 4 * (guidBytes[0]! % 32), at));
    this.raw(guidBytes);
    const size = this.position;
    this.u32(0);
    writeRoot();
    this.patchSize(size);
  }

  /** The finished 64 KiB with both checksums. */
  finish(): Uint8Array {
    const { bytes, view } = this;
    bytes.set(new TextEncoder().encode("ElfChnk\0"));
    view.setBigUint64(8, this.firstNumber, true);
    view.setBigUint64(16, this.firstNumber + BigInt(this.recordCount) - 1n, true);
    view.setBigUint64(24, this.firstId, true);
    view.setBigUint64(32, this.lastId, true);
    view.setUint32(40, 128, true);
    view.setUint32(44, this.lastRecordOffset, true);
    view.setUint32(48, this.position, true);
    view.setUint32(52, crc32(bytes.subarray(recordsStart, this.position)), true);
    view.setUint32(120, 1, true);
    view.setUint32(124, crc32(bytes.subarray(128, 512), crc32(bytes.subarray(0, 120))), true);
    return bytes.slice(0, chunkSize);
  }

  /** Puts `at` at the head of a hash bucket and returns the former head. */
  private link(bucket: number, at: number): number {
    const next = this.view.getUint32(bucket, true);
    this.view.setUint32(bucket, at, true);
    this.undo.push(() => this.view.setUint32(bucket, next, true));
    return next;
  }

  private reserve(length: number): void {
    if (this.position + length <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.position + length));
    larger.set(this.bytes);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}

/** The 16-bit name hash of the string table (multiplier 65599). */
export function nameHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 65_599) + text.charCodeAt(i)) | 0;
  return hash & 0xffff;
}
