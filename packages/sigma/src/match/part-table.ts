import { type Groups, groupBy, type Literal, LiteralBytes, powerOfTwo } from "./literals.ts";
import type { Marks } from "./marks.ts";
import { textBytes, textView } from "./text-bytes.ts";

const factor = 0x9e3779b1;
const strideMax = 8;
/** Every step more that a search leaves out costs a place for each literal. */
const placesMax = 1 << 14;

/**
 * Finds ASCII literals anywhere in the event's texts. Three characters at a time are looked up in a bitmap that is small
 * enough for a CPU's cache; only literals with those three are compared. When all are long, a search looks at every second
 * place, or at fewer still: each literal is then there under as many neighbouring threes, its rarest.
 */
export class PartTable {
  private readonly literals: LiteralBytes;
  private readonly stride: number;
  private readonly bits: Int32Array;
  private readonly bitShift: number;
  private readonly groups: Groups;
  private readonly groupShift: number;
  /** For each place: its literal, and where in it the three characters start. */
  private readonly literalAt: Int32Array;
  private readonly offsetAt: Int32Array;
  private readonly shorts: Shorts | undefined;
  private search = 0;

  constructor(all: readonly Literal[]) {
    const short = all.filter(({ text }) => text.length < 3);
    const long = all.filter(({ text }) => text.length >= 3);
    this.shorts = short.length === 0 ? undefined : new Shorts(short);
    this.literals = new LiteralBytes(long);
    this.stride = strideFor(long);
    const count = long.length * this.stride;
    const bitCount = powerOfTwo(count * 32, 1 << 10, 1 << 18);
    const groupCount = powerOfTwo(count * 2, 1 << 6, 1 << 16);
    this.bits = new Int32Array(bitCount / 32);
    this.bitShift = 32 - Math.log2(bitCount);
    this.groupShift = 32 - Math.log2(groupCount);
    this.literalAt = new Int32Array(count);
    this.offsetAt = new Int32Array(count);
    this.groups = this.fill(long, groupCount);
  }

  private fill(literals: readonly Literal[], groupCount: number): Groups {
    const { bits, bitShift, stride } = this;
    const uses = new Uint16Array(bits.length * 32);
    for (const { text } of literals) {
      for (let at = 0; at + 2 < text.length; at++) {
        const cell = hashAt(text, at) >>> bitShift;
        if (uses[cell]! < 0xffff) uses[cell]!++;
      }
    }
    const groupOf = new Int32Array(this.literalAt.length);
    literals.forEach(({ text }, literal) => {
      const first = rarestRun(text, stride, (at) => uses[hashAt(text, at) >>> bitShift]!);
      for (let step = 0; step < stride; step++) {
        const hash = hashAt(text, first + step);
        const bit = hash >>> bitShift;
        bits[bit >>> 5]! |= 1 << bit;
        const place = literal * stride + step;
        groupOf[place] = hash >>> this.groupShift;
        this.literalAt[place] = literal;
        this.offsetAt[place] = first + step;
      }
    });
    return groupBy(groupOf, groupCount);
  }

  /** Marks every literal in the texts' bytes from `from` to `end`. */
  find(from: number, end: number, into: Marks): void {
    this.search = (this.search + 1) & 0x3fffffff;
    const { bits, bitShift, stride } = this;
    for (let at = from; at + 2 < end; at += stride) {
      const hash = Math.imul(textView.getInt32(at, true) << 8, factor);
      const bit = hash >>> bitShift;
      if (((bits[bit >>> 5]! >>> bit) & 1) === 1) this.compare(hash, at, from, end, into);
    }
    this.shorts?.find(from, end, this.search, into);
  }

  private compare(hash: number, at: number, from: number, end: number, into: Marks): void {
    const { groups, literals, literalAt, offsetAt } = this;
    const group = hash >>> this.groupShift;
    const last = groups.from[group + 1]!;
    for (let item = groups.from[group]!; item < last; item++) {
      const place = groups.items[item]!;
      const start = at - offsetAt[place]!;
      const literal = literalAt[place]!;
      if (literals.isAt(literal, start, from, end)) literals.mark(literal, this.search, into);
    }
  }
}

function strideFor(literals: readonly Literal[]): number {
  let shortest = strideMax + 2;
  for (const { text } of literals) if (text.length < shortest) shortest = text.length;
  return Math.max(1, Math.min(shortest - 2, Math.floor(placesMax / literals.length)));
}

/** The first of `count` neighbouring places of a text that have the fewest uses together. */
function rarestRun(text: string, count: number, usesAt: (at: number) => number): number {
  let best = 0;
  let bestUses = Number.POSITIVE_INFINITY;
  for (let first = 0; first + count + 2 <= text.length; first++) {
    let uses = 0;
    for (let step = 0; step < count; step++) uses += usesAt(first + step);
    if (uses >= bestUses) continue;
    best = first;
    bestUses = uses;
  }
  return best;
}

/** The same hash as of the four bytes there without the last. */
function hashAt(text: string, at: number): number {
  const three = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (text.charCodeAt(at + 2) << 16);
  return Math.imul(three << 8, factor);
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
