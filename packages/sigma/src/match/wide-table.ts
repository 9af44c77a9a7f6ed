import { Buffer } from "node:buffer";
import type { LiteralPlace } from "./guard.ts";
import { type Literal, powerOfTwo } from "./literals.ts";
import type { Marks } from "./marks.ts";

/** Values are read through this, a window at a time. */
const window = 16_384;
const bytes = Buffer.alloc(window);
const noEntries: readonly Entry[] = [];
const beyondAscii = /[^\0-\x7f]/;

interface Entry {
  readonly text: string;
  readonly place: LiteralPlace;
  readonly marks: Int32Array;
  /** Where the entry's three indexed characters start in it. */
  offset: number;
  /** Next entry of the same table cell, or -1. */
  next: number;
}

/** Texts too short for the table: plain ones are few and searched for, others (emoji) found by their first unit. */
interface ShortTexts {
  readonly plain: readonly Entry[];
  readonly byUnit: ReadonlyMap<number, readonly Entry[]>;
}

/**
 * Finds literals of any script in strings of any length: for the few texts that `PartTable` and `WholeTable` cannot search. The
 * low bytes of three units at a time are looked up in a bitmap, and what may be there is compared.
 */
export class WideTable {
  private readonly wholes: ReadonlyMap<string, Int32Array>;
  private readonly longestWhole: number;
  private readonly entries: readonly Entry[];
  private readonly bits: Uint8Array;
  private readonly bitMask: number;
  private readonly heads: Int32Array;
  private readonly headMask: number;
  private readonly shorts: ShortTexts | undefined;

  constructor(parts: readonly Literal[], wholes: readonly Literal[]) {
    this.wholes = new Map(wholes.map(({ text, marks }) => [text, Int32Array.from(marks)]));
    this.longestWhole = wholes.reduce((longest, { text }) => Math.max(longest, text.length), 0);
    const all = parts.map(
      ({ text, place, marks }): Entry => ({
        text,
        place,
        marks: Int32Array.from(marks),
        offset: 0,
        next: -1,
      }),
    );
    this.shorts = shortTexts(all.filter((entry) => entry.text.length < 3));
    this.entries = all.filter((entry) => entry.text.length >= 3);
    const bitCount = powerOfTwo(this.entries.length * 32, 1 << 10, 1 << 18);
    const headCount = powerOfTwo(this.entries.length * 2, 1 << 6, 1 << 16);
    this.bits = new Uint8Array(bitCount / 8);
    this.bitMask = bitCount - 1;
    this.heads = new Int32Array(headCount).fill(-1);
    this.headMask = headCount - 1;
    this.fill();
  }

  /** Each entry is indexed under its rarest three characters. */
  private fill(): void {
    const { bits, bitMask, heads, headMask } = this;
    const uses = new Uint16Array(bits.length * 8);
    for (const { text } of this.entries) {
      for (let at = 0; at + 2 < text.length; at++) {
        const cell = hashAt(text, at) & bitMask;
        if (uses[cell]! < 0xffff) uses[cell]!++;
      }
    }
    this.entries.forEach((entry, index) => {
      let bestUses = Number.POSITIVE_INFINITY;
      for (let at = 0; at + 2 < entry.text.length; at++) {
        const own = uses[hashAt(entry.text, at) & bitMask]!;
        if (own >= bestUses) continue;
        entry.offset = at;
        bestUses = own;
      }
      const hash = hashAt(entry.text, entry.offset);
      const bit = hash & bitMask;
      bits[bit >>> 3]! |= 1 << (bit & 7);
      entry.next = heads[hash & headMask]!;
      heads[hash & headMask] = index;
    });
  }

  /** Marks every literal that is in the folded value. */
  find(value: string, into: Marks): void {
    // A look-up hashes the whole value, which is dear for a long one.
    const whole = value.length > this.longestWhole ? undefined : this.wholes.get(value);
    if (whole !== undefined) into.addAll(whole);
    for (let from = 0; from + 2 < value.length; from += window - 2) {
      // Reading a byte is many times cheaper than `charCodeAt`; a unit's low byte is enough for the bitmap.
      const end = bytes.write(from === 0 ? value : value.slice(from, from + window), "latin1");
      for (let at = this.nextHit(2, end); at !== -1; at = this.nextHit(at + 1, end)) {
        this.compare(this.heads[hashOf(threeBefore(at)) & this.headMask]!, value, from + at - 2, into);
      }
    }
    if (this.shorts !== undefined) findShorts(this.shorts, value, into);
  }

  /** First position from `from` whose three characters, itself the last, may be some entry's; -1 when there is none. */
  private nextHit(from: number, end: number): number {
    const { bits, bitMask } = this;
    for (let at = from; at < end; at++) {
      const bit = hashOf(threeBefore(at)) & bitMask;
      if (((bits[bit >>> 3]! >>> (bit & 7)) & 1) === 1) return at;
    }
    return -1;
  }

  private compare(head: number, value: string, at: number, into: Marks): void {
    for (let index = head; index !== -1; index = this.entries[index]!.next) {
      const entry = this.entries[index]!;
      addIfAt(entry, value, at - entry.offset, into);
    }
  }
}

function addIfAt(entry: Entry, value: string, at: number, into: Marks): void {
  const { text, place, marks } = entry;
  if (at < 0 || !value.startsWith(text, at)) return;
  if (place === "start" ? value.startsWith(text) : place !== "end" || value.endsWith(text))
    into.addAll(marks);
}

function findShorts(shorts: ShortTexts, value: string, into: Marks): void {
  for (const entry of shorts.plain) addIfAt(entry, value, value.indexOf(entry.text), into);
  if (shorts.byUnit.size === 0 || !beyondAscii.test(value)) return;
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit < 128) continue;
    for (const entry of shorts.byUnit.get(unit) ?? noEntries) addIfAt(entry, value, at, into);
  }
}

function shortTexts(entries: readonly Entry[]): ShortTexts | undefined {
  if (entries.length === 0) return undefined;
  const plain: Entry[] = [];
  const byUnit = new Map<number, Entry[]>();
  for (const entry of entries) {
    const unit = entry.text.charCodeAt(0);
    const same = byUnit.get(unit);
    if (unit < 128) plain.push(entry);
    else if (same === undefined) byUnit.set(unit, [entry]);
    else same.push(entry);
  }
  return { plain, byUnit };
}

function threeBefore(at: number): number {
  return (bytes[at - 2]! << 16) | (bytes[at - 1]! << 8) | bytes[at]!;
}

function hashAt(text: string, at: number): number {
  const low = (offset: number) => text.charCodeAt(at + offset) & 0xff;
  return hashOf((low(0) << 16) | (low(1) << 8) | low(2));
}

function hashOf(three: number): number {
  return Math.imul(three, 0x9e3779b1) >>> 11;
}
