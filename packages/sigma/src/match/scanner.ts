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

/** The first unit of every text too short for the table, so that most characters are passed over by one look. */
interface ShortTexts {
  readonly ascii: Uint8Array;
  readonly byUnit: Map<number, Entry[]>;
}

/**
 * Finds many texts in one value at once: the value is read once, every three characters look up a small table, and
 * only entries in that cell are compared. Each entry is indexed under its rarest three characters; texts of one or two
 * characters (an emoji) under their first.
 */
export class Scanner {
  private readonly wholes = new Map<string, number[]>();
  private readonly parts = new Map<string, Entry>();
  private entries: Entry[] = [];
  private heads: Int32Array | undefined;
  private shorts: ShortTexts | undefined;
  private mask = 0;

  /** `text` is folded; a part has at least one character. */
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
  scan(value: string): Uint16Array {
    this.heads ??= this.index();
    const heads = this.heads;
    const shorts = this.shorts;
    const whole = this.wholes.get(value);
    let found: Set<number> | undefined = whole === undefined ? undefined : new Set(whole);
    let first = value.charCodeAt(0);
    let second = value.charCodeAt(1);
    for (let at = 0; at < value.length; at++) {
      if (shorts !== undefined && (first > 127 || shorts.ascii[first] === 1)) {
        for (const entry of shorts.byUnit.get(first) ?? []) found = addIfAt(entry, value, at, found);
      }
      const third = value.charCodeAt(at + 2);
      let index = heads[cellOf(first, second, third) & this.mask]!;
      while (index !== -1) {
        const entry = this.entries[index]!;
        found = addIfAt(entry, value, at - entry.offset, found);
        index = entry.next;
      }
      first = second;
      second = third;
    }
    return found === undefined ? nothing : Uint16Array.from(found);
  }

  private index(): Int32Array {
    const all = [...this.parts.values()];
    this.shorts = shortTexts(all.filter((entry) => entry.text.length < 3));
    this.entries = all.filter((entry) => entry.text.length >= 3);
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

function addIfAt(
  entry: Entry,
  value: string,
  at: number,
  found: Set<number> | undefined,
): Set<number> | undefined {
  if (!value.startsWith(entry.text, at)) return found;
  const all = found ?? new Set<number>();
  for (const rule of entry.rules) all.add(rule);
  return all;
}

function shortTexts(entries: readonly Entry[]): ShortTexts | undefined {
  if (entries.length === 0) return undefined;
  const shorts: ShortTexts = { ascii: new Uint8Array(128), byUnit: new Map() };
  for (const entry of entries) {
    const unit = entry.text.charCodeAt(0);
    if (unit < 128) shorts.ascii[unit] = 1;
    const same = shorts.byUnit.get(unit);
    if (same === undefined) shorts.byUnit.set(unit, [entry]);
    else same.push(entry);
  }
  return shorts;
}

function cellAt(text: string, at: number): number {
  return cellOf(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2));
}

function cellOf(first: number, second: number, third: number): number {
  return (first * 0x9e5) ^ (second * 0x35) ^ (third * 0x1f3);
}
