import type { LiteralPlace } from "./guard.ts";
import type { Marks } from "./marks.ts";
import { putBytes, putWords } from "./sieve/memory.ts";
import { textBytes } from "./text-bytes.ts";

/** A folded text to find, where in a value, and what is marked when it is there. */
export interface Literal {
  readonly text: string;
  readonly place: LiteralPlace;
  readonly marks: number[];
}

/** ASCII literals as bytes side by side: a search compares bytes, and one array stays in a CPU's cache where strings do not. */
export class LiteralBytes {
  private readonly bytes: Uint8Array;
  /** Where each literal's bytes start; one more for the end. */
  private readonly starts: Int32Array;
  private readonly marks: Int32Array;
  private readonly marksFrom: Int32Array;
  /** 1: only at the start of a value, 2: only at its end, 0: anywhere. */
  private readonly pins: Uint8Array;
  /** The search in which each was found last: once is enough. */
  private readonly foundIn: Int32Array;

  constructor(literals: readonly Literal[]) {
    const count = literals.length;
    this.starts = new Int32Array(count + 1);
    this.marksFrom = new Int32Array(count + 1);
    this.foundIn = new Int32Array(count);
    this.pins = Uint8Array.from(literals, ({ place }) => (place === "start" ? 1 : place === "end" ? 2 : 0));
    literals.forEach(({ text, marks }, at) => {
      this.starts[at + 1] = this.starts[at]! + text.length;
      this.marksFrom[at + 1] = this.marksFrom[at]! + marks.length;
    });
    this.bytes = new Uint8Array(this.starts[count]!);
    this.marks = new Int32Array(this.marksFrom[count]!);
    literals.forEach(({ text, marks }, index) => {
      for (let at = 0; at < text.length; at++) this.bytes[this.starts[index]! + at] = text.charCodeAt(at);
      this.marks.set(marks, this.marksFrom[index]!);
    });
  }

  /** Does the literal stand at `at` in the value from `from` to `end` of the event's texts, and may it stand there? */
  isAt(index: number, at: number, from: number, end: number): boolean {
    const { bytes } = this;
    const start = this.starts[index]!;
    const length = this.starts[index + 1]! - start;
    if (at < from || at + length > end) return false;
    const pin = this.pins[index]!;
    if (pin !== 0 && (pin === 1 ? at !== from : at + length !== end)) return false;
    for (let i = 0; i < length; i++) if (textBytes[at + i] !== bytes[start + i]) return false;
    return true;
  }

  charAt(index: number, at: number): number {
    return this.bytes[this.starts[index]! + at]!;
  }

  lengthOf(index: number): number {
    return this.starts[index + 1]! - this.starts[index]!;
  }

  /** Puts all of it where the kernel finds it, and returns the address. */
  layOut(): number {
    const { bytes, starts, pins, marksFrom, marks, foundIn } = this;
    return putWords([
      putBytes(bytes),
      putWords(starts),
      putBytes(pins),
      putWords(marksFrom),
      putWords(marks),
      putWords(new Int32Array(foundIn.length)),
    ]);
  }

  /** Marks the literal as found, once a search. */
  mark(index: number, search: number, into: Marks): void {
    if (this.foundIn[index] === search) return;
    this.foundIn[index] = search;
    into.add(this.marks, this.marksFrom[index]!, this.marksFrom[index + 1]!);
  }
}

/** Numbers in groups, by a hash of them: group `g` is `items[from[g]]` up to `items[from[g + 1]]`. */
export interface Groups {
  readonly items: Int32Array;
  readonly from: Int32Array;
}

export function groupBy(groupOf: Int32Array, groupCount: number): Groups {
  const from = new Int32Array(groupCount + 1);
  for (const group of groupOf) from[group + 1]!++;
  for (let group = 0; group < groupCount; group++) from[group + 1]! += from[group]!;
  const next = from.slice();
  const items = new Int32Array(groupOf.length);
  groupOf.forEach((group, item) => {
    items[next[group]!++] = item;
  });
  return { items, from };
}

export function powerOfTwo(atLeast: number, from: number, to: number): number {
  let size = from;
  while (size < atLeast && size < to) size *= 2;
  return size;
}
