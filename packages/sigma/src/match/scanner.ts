import { isNumberLike, type RawTexts, type Scalar } from "../event.ts";
import { fold } from "./fold.ts";
import type { GramCounts } from "./grams.ts";
import type { LiteralPlace } from "./guard.ts";
import type { Literal } from "./literals.ts";
import type { Marks } from "./marks.ts";
import { PartTable } from "./part-table.ts";
import { canBeRaw, RawTable } from "./raw-table.ts";
import { addressOf, putWords } from "./sieve/memory.ts";
import { WholeTable } from "./whole-table.ts";
import { WideTable } from "./wide-table.ts";

const ascii = /^[\0-\x7f]*$/;

/**
 * Finds many literals in one value at once. Nearly all values are ASCII, so they are searched as bytes and for ASCII literals
 * alone; the tables for all others are made when the first such value comes.
 */
export class Scanner {
  private readonly wholes = new Map<string, Literal>();
  private readonly parts = new Map<string, Literal>();
  private partTable: PartTable | undefined;
  private wholeTable: WholeTable | undefined;
  private wideTable: WideTable | undefined;
  private rawTable: RawTable | undefined;
  private readonly inFixed = new WeakMap<readonly string[], Int32Array>();
  private forRaw: boolean | undefined;
  private numberLike: boolean | undefined;
  private isReady = false;
  private wholeValues: Set<Scalar> | undefined;
  private readonly seen: GramCounts | undefined;

  /** `seen`: grams of values like those that will be searched, when known. */
  constructor(seen?: GramCounts) {
    this.seen = seen;
  }

  /** `text` is folded; a part has at least one character. */
  add(text: string, place: LiteralPlace, mark: number): void {
    const literals = place === "whole" ? this.wholes : this.parts;
    const name = `${place} ${text}`;
    const literal = literals.get(name);
    if (literal === undefined) literals.set(name, { text, place, marks: [mark] });
    else if (literal.marks.at(-1) !== mark) literal.marks.push(mark);
  }

  /** Can a number, or another value that is no text, hold one of the literals? */
  get isNumberLike(): boolean {
    this.numberLike ??= [...this.parts.values(), ...this.wholes.values()].some(({ text }) =>
      isNumberLike(text),
    );
    return this.numberLike;
  }

  /** Can `findInRaw` find all that is to be found? */
  get isForRaw(): boolean {
    this.forRaw ??= this.wholes.size === 0 && !this.isNumberLike && canBeRaw([...this.parts.values()]);
    return this.forRaw;
  }

  /** Marks the literals in an event's texts, and perhaps some that stand across two of them; only when `isForRaw`. */
  findInRaw(texts: RawTexts, into: Marks): void {
    this.rawTable ??= new RawTable([...this.parts.values()]);
    this.rawTable.find(texts, into);
    for (const fixed of texts.fixed) {
      let found = this.inFixed.get(fixed);
      if (found === undefined) {
        const before = into.count;
        for (const text of fixed) this.find(fold(text), into);
        found = into.since(before);
        this.inFixed.set(fixed, found);
      } else if (found.length > 0) into.addAll(found);
    }
  }

  /** Marks the literals in a text that `text-bytes.ts` holds, ASCII and folded; each once. */
  findInBytes(from: number, end: number, into: Marks): void {
    if (!this.isReady) this.prepare();
    this.wholeTable?.find(from, end, into);
    this.partTable?.find(from, end, into);
  }

  /** The same for any folded text; one that is there several times may be marked several times. */
  find(value: string, into: Marks): void {
    this.wideTable ??= new WideTable([...this.parts.values()], [...this.wholes.values()]);
    this.wideTable.find(value, into);
  }

  /** Address of the addresses of its tables for ASCII texts, for the kernel: part, whole, shorts; 0 where it has none of a kind. */
  get tables(): number {
    return addressOf(this, () => {
      if (!this.isReady) this.prepare();
      const { part, shorts } = this.partTable?.layOut() ?? { part: 0, shorts: 0 };
      return putWords([part, this.wholeTable?.layOut() ?? 0, shorts]);
    });
  }

  /** Address of its table for `findInRaw`, for the kernel. */
  get rawTables(): number {
    const table = this.rawTable ?? new RawTable([...this.parts.values()]);
    this.rawTable = table;
    return addressOf(table, () => table.layOut());
  }

  /** False when the text of a value is no literal and cannot hold one, which of numbers and ids is nearly always so. */
  mayHold(value: Scalar): boolean {
    if (this.parts.size > 0) return true;
    this.wholeValues ??= new Set([...this.wholes.values()].flatMap(({ text }) => [text, ...scalarsOf(text)]));
    return this.wholeValues.has(typeof value === "string" ? fold(value) : value);
  }

  private prepare(): void {
    this.isReady = true;
    const parts = [...this.parts.values()].filter(({ text }) => ascii.test(text));
    const wholes = [...this.wholes.values()].filter(({ text }) => ascii.test(text));
    if (parts.length > 0) this.partTable = new PartTable(parts, this.seen);
    if (wholes.length > 0) this.wholeTable = new WholeTable(wholes);
  }
}

/** The numbers and truth values that have this text. */
function scalarsOf(text: string): Scalar[] {
  if (text === "true" || text === "false") return [text === "true"];
  const number = Number(text);
  return String(number) === text ? [number] : [];
}
