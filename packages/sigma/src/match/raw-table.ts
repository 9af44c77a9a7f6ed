import type { RawTexts } from "../event.ts";
import { groupBy, type Literal, LiteralBytes, powerOfTwo } from "./literals.ts";
import type { Marks } from "./marks.ts";
import { putWords } from "./sieve/memory.ts";

const factor = 0x9e3779b1;
/** Characters in a look-up. */
const gram = 4;
const lengthMin = 6;
const stepMax = 16;
const literalsMax = 256;
const placeSize = 3;
/** The letters beyond ASCII that fold to ASCII: the Kelvin sign and the long s. */
const kelvin = 0x212a;
const longS = 0x017f;

/** Few literals, all ASCII and long, anywhere in a value. */
export function canBeRaw(literals: readonly Literal[]): boolean {
  return (
    literals.length <= literalsMax &&
    literals.every(
      ({ text, place }) => place === "anywhere" && text.length >= lengthMin && /^[\x01-\x7f]*$/.test(text),
    )
  );
}

/**
 * Finds long ASCII literals in the bytes of UTF-16 texts that start at even and odd places, among bytes that are no text. Eight
 * bytes at a time, both halves of a unit laid over each other, are looked up in a bitmap: that is the same four characters
 * wherever the units start. As all literals are long, it looks at one place in many, and each literal is there under as many
 * neighbouring places; there all of it is compared.
 */
export class RawTable {
  private readonly literals: LiteralBytes;
  private readonly step: number;
  private readonly bits: Int32Array;
  private readonly bitShift: number;
  private readonly groupShift: number;
  private readonly groupStarts: Int32Array;
  /** For each place, side by side: its key, the literal's number, and how many bytes into the literal it is. */
  private readonly places: Int32Array;
  private search = 0;

  constructor(all: readonly Literal[]) {
    this.literals = new LiteralBytes(all);
    const shortest = all.reduce((least, { text }) => Math.min(least, text.length), stepMax);
    this.step = Math.min(2 * (shortest - gram) + 1, stepMax);
    const found: [key: number, literal: number, offset: number][] = [];
    all.forEach(({ text }, literal) => {
      for (let offset = 0; offset < this.step; offset++) {
        for (const key of keysAt(text, offset)) found.push([key, literal, offset]);
      }
    });
    const bitCount = powerOfTwo(found.length * 32, 1 << 12, 1 << 17);
    const groupCount = powerOfTwo(found.length * 2, 1 << 6, 1 << 14);
    this.bits = new Int32Array(bitCount / 32);
    this.bitShift = 32 - Math.log2(bitCount);
    this.groupShift = 32 - Math.log2(groupCount);
    const hashes = found.map(([key]) => Math.imul(key, factor));
    for (const hash of hashes) this.bits[(hash >>> this.bitShift) >>> 5]! |= 1 << (hash >>> this.bitShift);
    const groups = groupBy(
      Int32Array.from(hashes, (hash) => hash >>> this.groupShift),
      groupCount,
    );
    this.groupStarts = groups.from;
    this.places = new Int32Array(found.length * placeSize);
    groups.items.forEach((item, at) => {
      this.places.set(found[item]!, at * placeSize);
    });
  }

  /** Puts it where the kernel finds it, and returns the address. */
  layOut(): number {
    return putWords([
      this.step,
      this.bitShift,
      this.groupShift,
      putWords(this.bits),
      putWords(this.groupStarts),
      putWords(this.places),
      this.literals.layOut(),
    ]);
  }

  /** Marks every literal in the bytes. */
  find(texts: RawTexts, into: Marks): void {
    this.search = (this.search + 1) & 0x3fffffff;
    const { bits, bitShift, step } = this;
    const last = texts.end - 2 * gram;
    for (let at = nextHit(texts.view, bits, bitShift, step, texts.from, last); at <= last; ) {
      this.compare(texts, at, into);
      at = nextHit(texts.view, bits, bitShift, step, at + step, last);
    }
  }

  private compare(texts: RawTexts, at: number, into: Marks): void {
    const { groupStarts, places } = this;
    const key = keyIn(texts.view, at);
    const group = Math.imul(key, factor) >>> this.groupShift;
    const last = groupStarts[group + 1]! * placeSize;
    for (let place = groupStarts[group]! * placeSize; place < last; place += placeSize) {
      if (places[place] !== key) continue;
      const literal = places[place + 1]!;
      if (this.isAt(literal, at - places[place + 2]!, texts)) this.literals.mark(literal, this.search, into);
    }
  }

  private isAt(literal: number, at: number, { view, from, end }: RawTexts): boolean {
    const length = this.literals.lengthOf(literal);
    if (at < from || at + 2 * length > end) return false;
    // Names of one family begin alike, as do the values that are no such name.
    for (let i = length - 1; i >= 0; i--) {
      if (foldUnit(view.getUint16(at + 2 * i, true)) !== this.literals.charAt(literal, i)) return false;
    }
    return true;
  }
}

/** The first place up to `last` that may be in a literal; past `last` when there is none. It calls nothing that is not inlined. */
function nextHit(
  view: DataView,
  bits: Int32Array,
  shift: number,
  step: number,
  from: number,
  last: number,
): number {
  let at = from;
  for (; at <= last; at += step) {
    const bit = Math.imul(keyIn(view, at), factor) >>> shift;
    if (((bits[bit >>> 5]! >>> bit) & 1) === 1) break;
  }
  return at;
}

/** Four characters from eight bytes, small letters for capitals (and some signs for others, which does no harm). */
function keyIn(view: DataView, at: number): number {
  const low = view.getInt32(at, true);
  const high = view.getInt32(at + 4, true);
  return joined((low | (low >>> 8)) & 0xff00ff, (high | (high >>> 8)) & 0xff00ff);
}

function joined(low: number, high: number): number {
  return low | (high << 8) | 0x20202020;
}

/** The keys of a literal at a byte of it, for every way to write its characters. */
function keysAt(text: string, offset: number): number[] {
  const first = offset >> 1;
  const isOdd = offset % 2 === 1;
  // At an odd place the upper half of a unit comes first, and the lower half of the one after the last.
  const units = waysToWrite(text.slice(first, first + gram + (isOdd ? 1 : 0)));
  const keys = units.map((ways) => {
    const byte = (at: number) =>
      isOdd ? (ways[at]! >>> 8) | (ways[at + 1]! & 0xff) : (ways[at]! >>> 8) | (ways[at]! & 0xff);
    return joined(byte(0) | (byte(1) << 16), byte(2) | (byte(3) << 16));
  });
  return [...new Set(keys)];
}

function waysToWrite(text: string): number[][] {
  let ways: number[][] = [[]];
  for (const char of text) {
    const units = [char.charCodeAt(0)];
    if (char === "k") units.push(kelvin);
    if (char === "s") units.push(longS);
    ways = ways.flatMap((way) => units.map((unit) => [...way, unit]));
  }
  return ways;
}

/** The folded unit where that is ASCII; what is beyond stays. */
function foldUnit(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
  return unit === kelvin ? 0x6b : unit === longS ? 0x73 : unit;
}
