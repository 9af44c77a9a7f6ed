import { type Groups, groupBy, type Literal, LiteralBytes, powerOfTwo } from "./literals.ts";
import type { Marks } from "./marks.ts";
import { putWords } from "./sieve/memory.ts";
import { textBytes } from "./text-bytes.ts";

/** Finds the ASCII literals that are a text as a whole, by length and three characters. */
export class WholeTable {
  private readonly literals: LiteralBytes;
  private readonly groups: Groups;
  private readonly mask: number;
  private readonly longest: number;
  private search = 0;

  constructor(all: readonly Literal[]) {
    const groupCount = powerOfTwo(all.length * 4, 16, 1 << 14);
    this.mask = groupCount - 1;
    this.literals = new LiteralBytes(all);
    const hashes = all.map(({ text }) => {
      const { length } = text;
      return length === 0
        ? 0
        : hashOf(length, text.charCodeAt(0), text.charCodeAt(length >> 1), text.charCodeAt(length - 1));
    });
    this.groups = groupBy(
      Int32Array.from(hashes, (hash) => hash & this.mask),
      groupCount,
    );
    this.longest = all.reduce((longest, { text }) => Math.max(longest, text.length), 0);
  }

  /** Puts it where the kernel finds it, and returns the address. */
  layOut(): number {
    const { from, items } = this.groups;
    return putWords([this.mask, this.longest, putWords(from), putWords(items), this.literals.layOut()]);
  }

  /** Marks the literal that the texts' bytes from `from` to `end` are. */
  find(from: number, end: number, into: Marks): void {
    const length = end - from;
    if (length > this.longest) return;
    const hash =
      length === 0
        ? 0
        : hashOf(length, textBytes[from]!, textBytes[from + (length >> 1)]!, textBytes[end - 1]!);
    const { groups, literals } = this;
    const group = hash & this.mask;
    const last = groups.from[group + 1]!;
    if (groups.from[group] === last) return;
    this.search = (this.search + 1) & 0x3fffffff;
    for (let item = groups.from[group]!; item < last; item++) {
      const literal = groups.items[item]!;
      if (literals.lengthOf(literal) === length && literals.isAt(literal, from, from, end))
        literals.mark(literal, this.search, into);
    }
  }
}

function hashOf(length: number, first: number, middle: number, last: number): number {
  const mixed = Math.imul(Math.imul(Math.imul(length, 31) + first, 31) + middle, 31) + last;
  return mixed ^ (mixed >>> 7);
}
