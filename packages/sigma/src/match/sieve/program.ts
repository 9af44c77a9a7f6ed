import { fold } from "../fold.ts";
import { Marks } from "../marks.ts";
import { type Check, type Placed, vetoed } from "../placing.ts";
import type { Scanner } from "../scanner.ts";
import type { Slot } from "../slot.ts";
import { foundMax, noRoom, putBytes, putWords, tablesAge } from "./memory.ts";
import type { SeenTable } from "./seen-table.ts";

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
const stepKinds = { texts: 0, raw: 1, run: 2, pair: 3 } as const;
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
  private readonly steps: number[] = [];

  /** `tick` counts an event, and is false when the guards have changed. */
  constructor(placed: Placed, layout: SieveLayout, seen: SeenTable, tick: () => boolean) {
    this.tick = tick;
    this.firstCell = layout.firstCell;
    this.hasKeywords = placed.guarded.some(({ keys }) => keys === undefined);
    this.address = seen.size > foundMax ? 0 : this.place(placed, layout, seen);
  }

  /** Counts an event. False: make the program anew. */
  get isCurrent(): boolean {
    return this.age === tablesAge() && this.tick();
  }

  private place(placed: Placed, layout: SieveLayout, seen: SeenTable): number {
    const marks = new Marks();
    try {
      for (const slot of placed.guarded) if (!this.addSlot(slot, layout, marks)) return 0;
      for (const check of placed.checks) this.addCheck(check, layout);
      const always = placed.always.length === 0 ? 0 : putWords(placed.always);
      const every = marks.count === 0 ? 0 : putWords(marks.since(0));
      const head = [this.steps.length / stepWords, seen.address, always, placed.always.length];
      return putWords([...head, every, every + 4 * marks.count, 0, 0, ...this.steps]);
    } catch (error) {
      if (error === noRoom) return 0;
      throw error;
    }
  }

  /** False: the slot cannot be searched by the kernel. */
  private addSlot({ keys, scanner }: Slot, layout: SieveLayout, marks: Marks): boolean {
    if (keys === undefined) {
      if (!scanner.isForRaw || layout.fixedTexts === undefined) return false;
      this.addStep(stepKinds.raw, 0, scanner.rawTables);
      for (const text of layout.fixedTexts) scanner.find(fold(text), marks);
      return true;
    }
    const place = layout.placeOf(keys);
    if (place === "absent") return true;
    if (place === "unknown") return false;
    if ("text" in place) scanner.find(fold(place.text), marks);
    else {
      const { part, whole, shorts } = scanner.tables;
      const number = this.scanners.push(scanner) - 1;
      this.addStep(stepKinds.texts, place.cell, part, whole, shorts, place.isOptional ? 1 : 0, 0, number);
    }
    return true;
  }

  private addCheck({ rule, slot, other, run }: Check, layout: SieveLayout): void {
    const place = layout.placeOf(slot.keys!);
    if (typeof place !== "object" || !("cell" in place)) return;
    const mark = (rule << 2) | vetoed;
    if (run !== undefined) {
      const set = new Uint8Array(256);
      for (const char of run.chars) set[char.charCodeAt(0)] = 1;
      this.addStep(stepKinds.run, place.cell, putBytes(set), run.count, mark);
      return;
    }
    const second = layout.placeOf(other!.keys!);
    if (typeof second === "object" && "cell" in second)
      this.addStep(stepKinds.pair, place.cell, second.cell, 0, mark);
  }

  private addStep(...words: number[]): void {
    while (words.length < stepWords) words.push(0);
    this.steps.push(...words);
  }
}
