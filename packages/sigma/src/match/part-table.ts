import { type GramCounts, hashOf, wordAt } from "./grams.ts";
import { groupBy, type Literal, LiteralBytes, powerOfTwo } from "./literals.ts";
import type { Marks } from "./marks.ts";
import { putBytes, putWords } from "./sieve/memory.ts";
import { textBytes, textView } from "./text-bytes.ts";

const strideMax = 8;
const placeSize = 4;
/** Every step more that a search leaves out costs a place for each literal. */
const placesMax = 1 << 14;
/** What was seen in texts says more about how common characters are than what rules ask for. */
const seenWeight = 64;

/**
 * Finds ASCII literals anywhere in the event's texts. A gram of four characters at a time (three, when a literal has no more) is
 * looked up in a bitmap that is small enough for a CPU's cache; only literals with that gram are compared. When all are long,
 * a search looks at every second place, or at fewer still: each literal is then there under as many neighbouring grams, its rarest.
 */
export class PartTable {
  private readonly literals: LiteralBytes;
  private readonly gram: number;
  private readonly stride: number;
  private readonly bits: Int32Array;
  private readonly bitShift: number;
  private readonly groupShift: number;
  /** Places in groups by the hash of their gram: where each group starts; one more for the end. */
  private readonly groupStarts: Int32Array;
  /**
   * For each place, side by side: the four characters there, as far as the literal has them, the mask of these, the literal's
   * number, and where in it they are.
   */
  private readonly places: Int32Array;
  private readonly shorts: Shorts | undefined;
  private search = 0;

  /** `seen` are the grams of texts like those that will be searched, when known. */
  constructor(all: readonly Literal[], seen: GramCounts | undefined) {
    const short = all.filter(({ text }) => text.length < 3);
    const long = all.filter(({ text }) => text.length >= 3);
    this.shorts = short.length === 0 ? undefined : new Shorts(short);
    this.literals = new LiteralBytes(long);
    const shortest = long.reduce((least, { text }) => Math.min(least, text.length), strideMax + 4);
    this.gram = Math.min(shortest, 4);
    const stride = Math.min(shortest - this.gram + 1, strideMax, Math.floor(placesMax / long.length));
    this.stride = Math.max(1, stride);
    const count = long.length * this.stride;
    const bitCount = powerOfTwo(count * 32, 1 << 10, 1 << 18);
    const groupCount = powerOfTwo(count * 2, 1 << 6, 1 << 16);
    this.bits = new Int32Array(bitCount / 32);
    this.bitShift = 32 - Math.log2(bitCount);
    this.groupShift = 32 - Math.log2(groupCount);
    this.places = new Int32Array(count * placeSize);
    this.groupStarts = this.fill(long, groupCount, seen);
  }

  private fill(literals: readonly Literal[], groupCount: number, seen: GramCounts | undefined): Int32Array {
    const { bits, bitShift, gram, groupShift, stride } = this;
    const uses = new Uint16Array(bits.length * 32);
    for (const { text } of literals) {
      for (let at = 0; at + gram <= text.length; at++) {
        const cell = hashOf(wordAt(text, at), gram) >>> bitShift;
        if (uses[cell]! < 0xffff) uses[cell]!++;
      }
    }
    const usesOf = (hash: number) =>
      uses[hash >>> bitShift]! + (seen === undefined ? 0 : seen.of(hash) * seenWeight);
    const firsts = literals.map(({ text }) => rarestRun(text, gram, stride, usesOf));
    const groupOf = new Int32Array(literals.length * stride);
    for (let at = 0; at < groupOf.length; at++) {
      const literal = Math.floor(at / stride);
      const hash = hashOf(wordAt(literals[literal]!.text, firsts[literal]! + (at % stride)), gram);
      const bit = hash >>> bitShift;
      bits[bit >>> 5]! |= 1 << bit;
      groupOf[at] = hash >>> groupShift;
    }
    const groups = groupBy(groupOf, groupCount);
    groups.items.forEach((item, at) => {
      const literal = Math.floor(item / stride);
      const { text } = literals[literal]!;
      const offset = firsts[literal]! + (item % stride);
      const mask = offset + 4 <= text.length ? -1 : 0xffffff;
      this.places.set([wordAt(text, offset), mask, literal, offset], at * placeSize);
    });
    return groups.from;
  }

  /** Puts its tables where the kernel finds them: addresses, 0 for one that has no literals. */
  layOut(): { readonly part: number; readonly shorts: number } {
    const shorts = this.shorts?.layOut() ?? 0;
    if (this.places.length === 0) return { part: 0, shorts };
    const part = putWords([
      this.gram === 3 ? 8 : 0,
      this.stride,
      this.bitShift,
      this.groupShift,
      putWords(this.bits),
      putWords(this.groupStarts),
      putWords(this.places),
      this.literals.layOut(),
    ]);
    return { part, shorts };
  }

  /** Marks every literal in the texts' bytes from `from` to `end`. */
  find(from: number, end: number, into: Marks): void {
    this.search = (this.search + 1) & 0x3fffffff;
    const { bits, bitShift, gram, stride } = this;
    const last = end - gram;
    if (gram === 4) {
      for (let at = nextFour(bits, bitShift, stride, from, last); at <= last; ) {
        this.compare(at, from, end, into);
        at = nextFour(bits, bitShift, stride, at + stride, last);
      }
    } else {
      for (let at = nextThree(bits, bitShift, from, last); at <= last; ) {
        this.compare(at, from, end, into);
        at = nextThree(bits, bitShift, at + 1, last);
      }
    }
    this.shorts?.find(from, end, this.search, into);
  }

  private compare(at: number, from: number, end: number, into: Marks): void {
    const { groupStarts, literals, places } = this;
    const word = textView.getInt32(at, true);
    const group = hashOf(word, this.gram) >>> this.groupShift;
    const last = groupStarts[group + 1]! * placeSize;
    for (let place = groupStarts[group]! * placeSize; place < last; place += placeSize) {
      if (((word ^ places[place]!) & places[place + 1]!) !== 0) continue;
      const literal = places[place + 2]!;
      if (literals.isAt(literal, at - places[place + 3]!, from, end))
        literals.mark(literal, this.search, into);
    }
  }
}

/**
 * The first place up to `last` whose four characters may be a literal's gram; past `last` when there is none. A loop that calls
 * nothing: the compiler keeps what it needs in registers.
 */
function nextFour(bits: Int32Array, shift: number, stride: number, from: number, last: number): number {
  const view = textView;
  let at = from;
  for (; at <= last; at += stride) {
    const bit = hashOf(view.getInt32(at, true), 4) >>> shift;
    if (((bits[bit >>> 5]! >>> bit) & 1) === 1) break;
  }
  return at;
}

/** The same for three characters. */
function nextThree(bits: Int32Array, shift: number, from: number, last: number): number {
  const view = textView;
  let at = from;
  for (; at <= last; at++) {
    const bit = hashOf(view.getInt32(at, true), 3) >>> shift;
    if (((bits[bit >>> 5]! >>> bit) & 1) === 1) break;
  }
  return at;
}

/** The first of `count` neighbouring grams of a text that have the fewest uses together. */
function rarestRun(text: string, gram: number, count: number, usesOf: (hash: number) => number): number {
  let best = 0;
  let bestUses = Number.POSITIVE_INFINITY;
  for (let first = 0; first + count + gram - 1 <= text.length; first++) {
    let uses = 0;
    for (let step = 0; step < count; step++) uses += usesOf(hashOf(wordAt(text, first + step), gram));
    if (uses >= bestUses) continue;
    best = first;
    bestUses = uses;
  }
  return best;
}

/** Literals of one or two characters: few, by the first. */
class Shorts {
  private readonly literals: LiteralBytes;
  private readonly count: number;
  private readonly isFirst = new Uint8Array(256);

  constructor(literals: readonly Literal[]) {
    this.literals = new LiteralBytes(literals);
    this.count = literals.length;
    for (const { text } of literals) this.isFirst[text.charCodeAt(0)] = 1;
  }

  layOut(): number {
    return putWords([putBytes(this.isFirst), this.count, this.literals.layOut()]);
  }

  find(from: number, end: number, search: number, into: Marks): void {
    const { count, isFirst, literals } = this;
    for (let at = from; at < end; at++) {
      if (isFirst[textBytes[at]!] === 0) continue;
      for (let literal = 0; literal < count; literal++) {
        if (literals.isAt(literal, at, from, end)) literals.mark(literal, search, into);
      }
    }
  }
}
