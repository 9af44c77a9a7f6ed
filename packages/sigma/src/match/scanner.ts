import { BoundedCache } from "./cache.ts";

const cachedCharsMax = 512;
const cachedTexts = 1024;
const nothing = new Uint16Array(0);

/** A text to find, and the rules that become candidates when it is there. */
interface Entry {
  readonly text: string;
  readonly rules: number[];
  /** Where the entry's three indexed characters start in it. */
  offset: number;
  /** Next entry of the same table cell, or -1. */
  next: number;
}

/**
 * Finds many texts in one value at once: the value is read once, every three characters look up a small table, and
 * only entries in that cell are compared. Each entry is indexed under its rarest three characters.
 */
export class Scanner {
  private readonly wholes = new Map<string, number[]>();
  private readonly parts = new Map<string, Entry>();
  private entries: Entry[] = [];
  private heads: Int32Array | undefined;
  private mask = 0;
  private readonly cache = new BoundedCache<Uint16Array>(cachedTexts);

  /** `text` is folded; a part has at least three characters. */
  add(text: string, whole: boolean, rule: number): void {
    if (whole) {
      const rules = this.wholes.get(text);
      if (rules === undefined) this.wholes.set(text, [rule]);
      else if (rules.at(-1) !== rule) rules.push(rule);
      return;
    }
    const entry = this.parts.get(text);
    if (entry === undefined) this.parts.set(text, { text, rules: [rule], offset: 0, next: -1 });
    else if (entry.rules.at(-1) !== rule) entry.rules.push(rule);
  }

  /** Rules that have one of their texts in the folded value; no repeats. */
  candidates(value: string): Uint16Array {
    if (value.length > cachedCharsMax) return this.scan(value);
    const known = this.cache.get(value);
    if (known !== undefined) return known;
    const found = this.scan(value);
    this.cache.set(value, found);
    return found;
  }

  private scan(value: string): Uint16Array {
    const heads = (this.heads ??= this.index());
    const whole = this.wholes.get(value);
    let found: Set<number> | undefined = whole === undefined ? undefined : new Set(whole);
    const end = value.length - 2;
    let first = value.charCodeAt(0);
    let second = value.charCodeAt(1);
    for (let at = 0; at < end; at++) {
      const third = value.charCodeAt(at + 2);
      let index = heads[cellOf(first, second, third) & this.mask]!;
      while (index !== -1) {
        const entry = this.entries[index]!;
        if (value.startsWith(entry.text, at - entry.offset)) {
          found ??= new Set();
          for (const rule of entry.rules) found.add(rule);
        }
        index = entry.next;
      }
      first = second;
      second = third;
    }
    return found === undefined ? nothing : Uint16Array.from(found);
  }

  private index(): Int32Array {
    this.entries = [...this.parts.values()];
    let size = 256;
    while (size < this.entries.length * 8 && size < 1 << 17) size *= 2;
    this.mask = size - 1;
    const uses = new Uint16Array(size);
    for (const { text } of this.entries) {
      for (let at = 0; at + 2 < text.length; at++) {
        const cell = cellAt(text, at) & this.mask;
        if (uses[cell]! < 0xffff) uses[cell]!++;
      }
    }
    const heads = new Int32Array(size).fill(-1);
    this.entries.forEach((entry, index) => {
      let best = 0;
      for (let at = 1; at + 2 < entry.text.length; at++) {
        if (uses[cellAt(entry.text, at) & this.mask]! < uses[cellAt(entry.text, best) & this.mask]!)
          best = at;
      }
      const cell = cellAt(entry.text, best) & this.mask;
      entry.offset = best;
      entry.next = heads[cell]!;
      heads[cell] = index;
    });
    return heads;
  }
}

function cellAt(text: string, at: number): number {
  return cellOf(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2));
}

function cellOf(first: number, second: number, third: number): number {
  return (first * 0x9e5) ^ (second * 0x35) ^ (third * 0x1f3);
}
