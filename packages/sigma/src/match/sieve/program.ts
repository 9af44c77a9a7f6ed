import { fold } from "../fold.ts";
import { Marks } from "../marks.ts";
import { type Check, markBits, type Placed, vetoed } from "../placing.ts";
import type { Scanner } from "../scanner.ts";
import type { Slot } from "../slot.ts";
import { addressOf, foundMax, noRoom, putBytes, putWords, tablesAge, wordAt } from "./memory.ts";

/**
 * Where an event has the first of some keys: in a cell (one that may be empty, so that the event itself has to be asked, says so), as a text that all
 * events of the layout have, nowhere, or at a place that only the event itself knows.
 */
export type SievePlace =
  | { readonly cell: number; readonly isOptional: boolean }
  | { readonly text: string }
  | "absent"
  | "unknown";

/** What events that have their values in the same cells have in common. */
export interface SieveLayout {
  placeOf(keys: readonly string[]): SievePlace;
  /** The cell of place 0 of the event's `recorded` values. */
  readonly firstCell: number;
  /** Texts that stand in no cell; undefined when they are not known. */
  readonly fixedTexts: readonly string[] | undefined;
}

/** What a step does; the numbers are those of kernel/search.wat. */
const stepKinds = { texts: 0, raw: 1, run: 2, pair: 3, networks: 4 } as const;
const stepWords = 8;

/** What the kernel does with the events of a layout, to find the rules of a bucket that may be true of them. */
export class SieveProgram {
  /** 0: these events have to be matched in full. */
  readonly address: number;
  /** By the last word of a step. */
  readonly scanners: Scanner[] = [];
  /** Are all of the event's texts searched? They then must all be UTF-16. */
  readonly hasKeywords: boolean;
  readonly firstCell: number;
  private readonly age = tablesAge();
  private readonly tick: () => boolean;

  /**
   * `seen` is where the bucket notes marks by rule: the kernel has its own of the same length, for all programs of the bucket; `tick` counts an event, and is false when the guards have changed.
   */
  constructor(placed: Placed, layout: SieveLayout, seen: Float64Array, tick: () => boolean) {
    this.tick = tick;
    this.firstCell = layout.firstCell;
    this.hasKeywords = placed.guarded.some(({ keys }) => keys === undefined);
    this.address = seen.length > foundMax ? 0 : this.place(placed, layout, seen);
  }

  /** Counts an event. False: make the program anew. */
  get isCurrent(): boolean {
    return this.age === tablesAge() && this.tick();
  }

  private place(placed: Placed, layout: SieveLayout, seen: Float64Array): number {
    const marks = new Marks();
    const steps: number[] = [];
    try {
      for (const slot of placed.guarded) {
        const step = this.searchStep(slot, layout, marks);
        if (step === undefined) return 0;
        steps.push(...step);
      }
      for (const check of placed.checks) steps.push(...checkStep(check, layout));
      const { always } = placed;
      const every = marks.count === 0 ? 0 : putWords(marks.since(0));
      return putWords([
        steps.length / stepWords,
        addressOf(seen, () => putWords(new Int32Array(seen.length))),
        addressOf(always, () => putWords(always)),
        always.length,
        every,
        every + 4 * marks.count,
        0,
        0,
        ...steps,
      ]);
    } catch (error) {
      if (error === noRoom) return 0;
      throw error;
    }
  }

  /** Undefined: the slot cannot be searched by the kernel. */
  private searchStep({ keys, scanner }: Slot, layout: SieveLayout, marks: Marks): number[] | undefined {
    if (keys === undefined) {
      if (!scanner.isForRaw || layout.fixedTexts === undefined) return undefined;
      for (const text of layout.fixedTexts) scanner.find(fold(text), marks);
      return stepOf(stepKinds.raw, 0, scanner.rawTables);
    }
    const place = layout.placeOf(keys);
    if (place === "absent") return [];
    if (place === "unknown") return undefined;
    if ("text" in place) {
      scanner.find(fold(place.text), marks);
      return [];
    }
    const [part, whole, shorts] = [0, 4, 8].map((at) => wordAt(scanner.tables + at));
    const number = this.scanners.push(scanner) - 1;
    return stepOf(stepKinds.texts, place.cell, part!, whole!, shorts!, place.isOptional ? 1 : 0, 0, number);
  }
}

function checkStep(check: Check, layout: SieveLayout): number[] {
  const cell = cellOf(check.slot, layout);
  if (cell < 0) return [];
  const mark = (check.rule << markBits) | vetoed;
  if ("run" in check) {
    const { run } = check;
    const set = addressOf(run, () => putBytes(setOf(run.chars)));
    return stepOf(stepKinds.run, cell, set, run.count, mark);
  }
  if ("networks" in check) {
    const { networks } = check;
    const list = addressOf(networks, () => putWords(networks));
    return stepOf(stepKinds.networks, cell, list, networks.length / 2, mark);
  }
  const other = cellOf(check.other, layout);
  return other < 0 ? [] : stepOf(stepKinds.pair, cell, other, 0, mark);
}

/** The cell that a slot has in every event of the layout; -1 when there is none. */
function cellOf({ keys }: Slot, layout: SieveLayout): number {
  const place = keys === undefined ? "unknown" : layout.placeOf(keys);
  return typeof place === "object" && "cell" in place && !place.isOptional ? place.cell : -1;
}

/** A byte for each code, of ASCII characters. */
function setOf(chars: readonly string[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const char of chars) set[char.charCodeAt(0)] = 1;
  return set;
}

function stepOf(...words: number[]): number[] {
  while (words.length < stepWords) words.push(0);
  return words;
}
