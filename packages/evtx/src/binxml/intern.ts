import { isTextAt, utf16Text } from "../value/text.ts";

const slotsMin = 1 << 12;
const textsMax = 1 << 16;
const unitsMax = 1 << 22;
const probesMax = 256;

/**
 * Gives equal texts equal numbers, so that templates of different chunks can be compared as integers. Comparison is by
 * content, never by hash alone: a crafted log must not be able to pass one template off as another.
 */
export class Interner {
  readonly texts: string[] = [];
  private slots = new Int32Array(slotsMin);
  private hashes = new Int32Array(slotsMin);
  private unitCount = 0;
  private isCrowded = false;

  /** True when the table should be dropped together with everything that holds its numbers. */
  get isFull(): boolean {
    return this.isCrowded || this.texts.length >= textsMax || this.unitCount >= unitsMax;
  }

  clear(): void {
    this.texts.length = 0;
    this.slots = new Int32Array(slotsMin);
    this.hashes = new Int32Array(slotsMin);
    this.unitCount = 0;
    this.isCrowded = false;
  }

  /** The number of the text of `count` UTF-16 units at `from`. */
  intern(bytes: Uint8Array, from: number, count: number): number {
    let hash = count;
    for (let i = 0, at = from; i < count; i++, at += 2) {
      hash = Math.imul(hash ^ (bytes[at]! | (bytes[at + 1]! << 8)), 0x01000193);
    }
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let probes = 0; ; probes++) {
      // Texts made to collide must not make every later look-up slow.
      if (probes > probesMax) this.isCrowded = true;
      const id = this.slots[slot]! - 1;
      if (id < 0) return this.add(utf16Text(bytes, from, count), hash, slot);
      const known = this.texts[id]!;
      if (this.hashes[slot] === hash && known.length === count && isTextAt(known, bytes, from)) return id;
      slot = (slot + 1) & mask;
    }
  }

  private add(text: string, hash: number, slot: number): number {
    this.slots[slot] = this.texts.push(text);
    this.hashes[slot] = hash;
    this.unitCount += text.length;
    if (this.texts.length * 2 > this.slots.length) this.grow();
    return this.texts.length - 1;
  }

  private grow(): void {
    const { slots, hashes } = this;
    const mask = slots.length * 2 - 1;
    this.slots = new Int32Array(mask + 1);
    this.hashes = new Int32Array(mask + 1);
    for (let old = 0; old < slots.length; old++) {
      if (slots[old] === 0) continue;
      let slot = hashes[old]! & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = slots[old]!;
      this.hashes[slot] = hashes[old]!;
    }
  }
}
