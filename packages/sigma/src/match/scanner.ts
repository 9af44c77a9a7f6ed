import { Buffer } from "node:buffer";
import { isNumberLike, type RecordedText } from "../event.ts";
import { narrowFolded } from "./recorded.ts";

const nothing: readonly number[] = [];
/** Values are read through this, a window at a time. */
const window = 16_384;
const bytes = Buffer.alloc(window);
const view = new DataView(bytes.buffer, bytes.byteOffset, window);

/** A text to find, and the rules that become candidates when it is there. */
interface Entry {
  readonly text: string;
  readonly rules: number[];
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

/** Entries by three of their characters. The bits tell what is not there, and are small enough to stay in a CPU's cache. */
interface Table {
  readonly entries: readonly Entry[];
  readonly bits: Uint8Array;
  readonly bitMask: number;
  readonly heads: Int32Array;
  readonly headMask: number;
  readonly shorts: ShortTexts | undefined;
}

/**
 * Finds many texts in one value at once: the value is read once, every three characters look up a small bitmap, and
 * only entries with those three are compared. Each entry is indexed under its rarest three characters; texts of one or
 * two characters (an emoji) under their first.
 */
export class Scanner {
  private readonly wholes = new Map<string, number[]>();
  private readonly parts = new Map<string, Entry>();
  private longestWhole = 0;
  private table: Table | undefined;
  private wholeMarks: Set<number> | undefined;
  private numberLike: boolean | undefined;

  /** `text` is folded; a part has at least one character. */
  add(text: string, whole: boolean, rule: number): void {
    if (whole) {
      this.longestWhole = Math.max(this.longestWhole, text.length);
      const rules = this.wholes.get(text);
      if (rules === undefined) this.wholes.set(text, [rule]);
      else if (rules.at(-1) !== rule) rules.push(rule);
      return;
    }
    const entry = this.parts.get(text);
    if (entry === undefined) this.parts.set(text, { text, rules: [rule], offset: 0, next: -1 });
    else if (entry.rules.at(-1) !== rule) entry.rules.push(rule);
  }

  /** Can a number, or another value that is no text, hold one of the texts? */
  get isNumberLike(): boolean {
    this.numberLike ??= [...this.parts.keys(), ...this.wholes.keys()].some(isNumberLike);
    return this.numberLike;
  }

  /** The same as `scan` for a text that is not decoded. False when it must be, as it is not plain enough. */
  scanRecorded(text: RecordedText, use: (rules: readonly number[]) => void): boolean {
    const end = narrowFolded(text, view);
    if (end < 0) return false;
    this.table ??= makeTable([...this.parts.values()]);
    const { bits, bitMask, heads, headMask, entries, shorts } = this.table;
    if (end <= this.longestWhole) this.scanWhole(end, use);
    for (let at = nextHit(bits, bitMask, 2, end); at !== -1; at = nextHit(bits, bitMask, at + 1, end)) {
      let index = heads[hashOf(threeBefore(at)) & headMask]!;
      while (index !== -1) {
        const entry = entries[index]!;
        if (isAt(entry.text, at - 2 - entry.offset, end)) use(entry.rules);
        index = entry.next;
      }
    }
    for (const entry of shorts?.plain ?? noEntries) {
      if (hasShort(entry.text, end)) use(entry.rules);
    }
    return true;
  }

  private scanWhole(end: number, use: (rules: readonly number[]) => void): void {
    this.wholeMarks ??= new Set(
      [...this.wholes.keys()].map((text) =>
        wholeMark(text.length, text.charCodeAt(0), text.charCodeAt(text.length - 1)),
      ),
    );
    if (end > 0 && !this.wholeMarks.has(wholeMark(end, bytes[0]!, bytes[end - 1]!))) return;
    const rules = this.wholes.get(bytes.toString("latin1", 0, end));
    if (rules !== undefined) use(rules);
  }

  /** Rules that have one of their texts in the folded value; a rule with several is there several times. */
  scan(value: string): readonly number[] {
    this.table ??= makeTable([...this.parts.values()]);
    const { bits, bitMask, heads, headMask, shorts } = this.table;
    // A look-up hashes the whole value, which is dear for a long one.
    const whole = value.length > this.longestWhole ? undefined : this.wholes.get(value);
    let found: number[] | undefined = whole === undefined ? undefined : [...whole];
    for (let from = 0; from + 2 < value.length; from += window - 2) {
      // Reading a byte is many times cheaper than `charCodeAt`; a unit's low byte is enough for the bitmap.
      const end = bytes.write(from === 0 ? value : value.slice(from, from + window), "latin1");
      for (let at = nextHit(bits, bitMask, 2, end); at !== -1; at = nextHit(bits, bitMask, at + 1, end)) {
        const head = heads[hashOf(threeBefore(at)) & headMask]!;
        found = addCell(this.table, head, value, from + at - 2, found);
      }
    }
    if (shorts !== undefined) found = addShorts(shorts, value, found);
    return found ?? nothing;
  }
}

/** First position from `from` whose three characters, itself the last, may be some entry's; -1 when there is none. */
function nextHit(bits: Uint8Array, mask: number, from: number, end: number): number {
  let two = (bytes[from - 2]! << 8) | bytes[from - 1]!;
  for (let at = from; at < end; at++) {
    const three = ((two & 0xffff) << 8) | bytes[at]!;
    const bit = hashOf(three) & mask;
    if (((bits[bit >>> 3]! >>> (bit & 7)) & 1) === 1) return at;
    two = three;
  }
  return -1;
}

/** Whole texts are looked up only where another has this length, first and last character. */
function wholeMark(length: number, first: number, last: number): number {
  return (length << 16) | ((first & 0xff) << 8) | (last & 0xff);
}

/** Does the text stand at `at` of the bytes, before `end`? */
function isAt(text: string, at: number, end: number): boolean {
  if (at < 0 || at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Is a text of one or two characters among the first `end` bytes? A loop is cheaper here than a call of the runtime. */
function hasShort(text: string, end: number): boolean {
  const first = text.charCodeAt(0);
  if (text.length === 1) {
    for (let at = 0; at < end; at++) if (bytes[at] === first) return true;
    return false;
  }
  const second = text.charCodeAt(1);
  for (let at = 0; at + 1 < end; at++) if (bytes[at] === first && bytes[at + 1] === second) return true;
  return false;
}

function threeBefore(at: number): number {
  return (bytes[at - 2]! << 16) | (bytes[at - 1]! << 8) | bytes[at]!;
}

function makeTable(all: readonly Entry[]): Table {
  const shorts = shortTexts(all.filter((entry) => entry.text.length < 3));
  const entries = all.filter((entry) => entry.text.length >= 3);
  const bitCount = powerOfTwo(entries.length * 32, 1 << 10, 1 << 18);
  const headCount = powerOfTwo(entries.length * 2, 1 << 6, 1 << 16);
  const uses = new Uint16Array(bitCount);
  for (const { text } of entries) {
    for (let at = 0; at + 2 < text.length; at++) {
      const cell = hashAt(text, at) & (bitCount - 1);
      if (uses[cell]! < 0xffff) uses[cell]!++;
    }
  }
  const bits = new Uint8Array(bitCount / 8);
  const heads = new Int32Array(headCount).fill(-1);
  entries.forEach((entry, index) => {
    let best = 0;
    let bestUses = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 2 < entry.text.length; at++) {
      const own = uses[hashAt(entry.text, at) & (bitCount - 1)]!;
      if (own < bestUses) {
        best = at;
        bestUses = own;
      }
    }
    const hash = hashAt(entry.text, best);
    const bit = hash & (bitCount - 1);
    bits[bit >>> 3]! |= 1 << (bit & 7);
    entry.offset = best;
    entry.next = heads[hash & (headCount - 1)]!;
    heads[hash & (headCount - 1)] = index;
  });
  return { entries, bits, bitMask: bitCount - 1, heads, headMask: headCount - 1, shorts };
}

function powerOfTwo(atLeast: number, from: number, to: number): number {
  let size = from;
  while (size < atLeast && size < to) size *= 2;
  return size;
}

function addCell(
  { entries }: Table,
  head: number,
  value: string,
  at: number,
  found: number[] | undefined,
): number[] | undefined {
  let all = found;
  let index = head;
  while (index !== -1) {
    const entry = entries[index]!;
    all = addIfAt(entry, value, at - entry.offset, all);
    index = entry.next;
  }
  return all;
}

function addIfAt(entry: Entry, value: string, at: number, found: number[] | undefined): number[] | undefined {
  if (at < 0 || !value.startsWith(entry.text, at)) return found;
  if (found === undefined) return [...entry.rules];
  for (const rule of entry.rules) found.push(rule);
  return found;
}

function addShorts(shorts: ShortTexts, value: string, found: number[] | undefined): number[] | undefined {
  let all = found;
  for (const entry of shorts.plain) all = addIfAt(entry, value, value.indexOf(entry.text), all);
  if (shorts.byUnit.size === 0 || !beyondAscii.test(value)) return all;
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit < 128) continue;
    for (const entry of shorts.byUnit.get(unit) ?? noEntries) all = addIfAt(entry, value, at, all);
  }
  return all;
}

const beyondAscii = /[^\0-\x7f]/;
const noEntries: readonly Entry[] = [];

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

function hashAt(text: string, at: number): number {
  const low = (offset: number) => text.charCodeAt(at + offset) & 0xff;
  return hashOf((low(0) << 16) | (low(1) << 8) | low(2));
}

function hashOf(three: number): number {
  return Math.imul(three, 0x9e3779b1) >>> 11;
}
