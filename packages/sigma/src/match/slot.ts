import { Buffer } from "node:buffer";
import {
  type FieldValue,
  type RecordedText,
  type RecordedValues,
  recordedPlaces,
  type Scalar,
  type SigmaEvent,
} from "../event.ts";
import { RecentTexts } from "./cache.ts";
import { fold } from "./fold.ts";
import { GramCounts } from "./grams.ts";
import { KnownValue } from "./known-value.ts";
import type { Marks } from "./marks.ts";
import { Scanner } from "./scanner.ts";
import { textEndOf, textFromOf } from "./sieve/memory.ts";
import { putRecorded, putString } from "./text-bytes.ts";
import type { ScalarPredicate } from "./value-tests.ts";

/** The event in hand. The generation tells slots that what they hold is of an earlier event. */
export interface Run {
  event: SigmaEvent;
  generation: number;
  /** Where the event's texts end in `text-bytes.ts`. */
  free: number;
  /** The cell of place 0, when a program has searched the event and put its texts there already; else -1. */
  firstCell: number;
}

/** Longer values seldom repeat. */
const rememberedCharsMax = 512;
/** Few rules are as quick to try again as to remember, and there are many buckets of few rules. */
const rememberedMax = 1024;
/** Between values that are searched as one text. One that is found across it is a candidate too many, which is no harm. */
const between = "\n";
/** Layouts of which it is remembered where a field stands: records of one source have few. */
const layoutsMax = 16;
/** No field has this name. */
const noKey = "";
const noValues: readonly KnownValue[] = [];

/** A field of the event, read and folded at most once per event however many rules ask for it. */
export class Slot {
  /** Keys to try in turn; undefined: every value of the event (keywords). */
  readonly keys: readonly string[] | undefined;
  scanner = new Scanner();
  private seen: GramCounts | undefined;
  private generation = -1;
  private isPresent = false;
  private several: readonly KnownValue[] | undefined = undefined;
  private single: KnownValue | undefined = undefined;
  /** Stands for the text of one recorded event after the other. */
  private readonly text = new KnownValue(undefined);
  private readonly one: KnownValue[] = [];
  private layout: object | undefined;
  /** Of the layout's events, which of the keys they have. */
  private key: string | undefined;
  private readonly keyOf = new Map<object, string>();
  private place: number = recordedPlaces.unknown;
  private costlyTests = 0;
  private remembered: RecentTexts<KnownValue>;
  private readonly rememberedCount: number;

  /** `ruleCount`: rules that may ask, which says how much remembering is worth. */
  constructor(keys: readonly string[] | undefined, ruleCount: number) {
    this.keys = keys;
    this.rememberedCount = Math.min(ruleCount * 2, rememberedMax);
    this.remembered = new RecentTexts(this.rememberedCount);
  }

  /** Counts the grams of the event's value, for the scanner that is made next. */
  sample(run: Run): void {
    if (this.keys === undefined) return;
    this.seen ??= new GramCounts();
    for (const value of this.values(run)) {
      const end = putString(value.folded, run.free);
      if (end >= 0) this.seen.add(run.free, end);
    }
  }

  /** Forgets its literals, and with them what was found of them in values. */
  clearScanner(): void {
    this.scanner = new Scanner(this.seen);
    this.remembered = new RecentTexts(this.rememberedCount);
    this.generation = -1;
  }

  /** True when the field is there, even with an empty list. */
  exists(run: Run): boolean {
    this.read(run);
    return this.isPresent;
  }

  /** True when the field is absent, null or an empty list. */
  isNull(run: Run): boolean {
    this.read(run);
    return this.single === undefined && (this.several === undefined || this.several.length === 0);
  }

  /** Valid until the next event. */
  values(run: Run): readonly KnownValue[] {
    this.read(run);
    if (this.single === undefined) return this.several ?? noValues;
    this.one[0] = this.single;
    return this.one;
  }

  /** Number for a test whose answers are worth remembering by value. */
  costlyTest(): number {
    return this.costlyTests++;
  }

  /** True when a value passes the test; `number` is from `costlyTest`, or -1. */
  passes(run: Run, test: ScalarPredicate, number: number): boolean {
    this.read(run);
    if (this.single !== undefined) return this.single.passes(test, number, this.costlyTests);
    if (this.several === undefined) return false;
    for (let at = 0; at < this.several.length; at++) {
      if (this.several[at]!.passes(test, number, this.costlyTests)) return true;
    }
    return false;
  }

  /** Adds the marks of literals that are in a value. */
  find(run: Run, into: Marks): void {
    if (this.keys === undefined) {
      const { recorded } = run.event;
      if (recorded !== undefined) this.findInRecorded(recorded, run.free, into);
      else this.know([...run.event.values()].join(between)).find(this.scanner, run.free, into);
      return;
    }
    this.read(run);
    if (this.single !== undefined) this.single.find(this.scanner, run.free, into);
    else for (const value of this.several ?? noValues) value.find(this.scanner, run.free, into);
  }

  private findInRecorded(recorded: RecordedValues, free: number, into: Marks): void {
    const { scanner } = this;
    if (scanner.isForRaw) {
      const { raw } = recorded;
      if (raw !== undefined) {
        scanner.findInRaw(raw, into);
        return;
      }
    }
    recorded.forEach(
      (text) => {
        const end = putRecorded(text, free);
        if (end < 0) scanner.find(fold(textOf(text)), into);
        else scanner.findInBytes(free, end, into);
      },
      (value) => this.know(value).find(scanner, free, into),
      scanner.isNumberLike,
    );
  }

  private read(run: Run): void {
    if (this.generation === run.generation) return;
    this.generation = run.generation;
    this.several = undefined;
    const { recorded } = run.event;
    const value =
      this.keys === undefined
        ? [...run.event.values()]
        : recorded === undefined
          ? this.readFields(run.event, this.keys)
          : this.readRecorded(recorded, this.keys, run);
    this.isPresent = value !== undefined;
    if (value === undefined || value === this.text) this.single = value;
    else if (typeof value === "object") {
      this.single = undefined;
      this.several = (value as readonly Scalar[]).map((item) => this.know(item));
    } else this.single = this.know(value as Scalar);
  }

  /** Most fields that rules ask for are absent, under each of the names that they may have. */
  private readFields(event: SigmaEvent, keys: readonly string[]): FieldValue | undefined {
    const like = event.keysLike;
    if (like === undefined) return firstValue(event, keys);
    if (like !== this.layout) {
      this.layout = like;
      this.key = this.keyFor(like, event, keys);
    }
    return this.key === undefined ? undefined : event.get(this.key);
  }

  private keyFor(like: object, event: SigmaEvent, keys: readonly string[]): string | undefined {
    let known = this.keyOf.get(like);
    if (known === undefined) {
      known = keys.find((key) => isValue(event.get(key))) ?? noKey;
      if (this.keyOf.size >= layoutsMax) this.keyOf.clear();
      this.keyOf.set(like, known);
    }
    return known === noKey ? undefined : known;
  }

  private readRecorded(
    recorded: RecordedValues,
    keys: readonly string[],
    run: Run,
  ): FieldValue | KnownValue | undefined {
    if (this.layout !== recorded.layout) {
      this.layout = recorded.layout;
      this.place = recorded.placeOf(keys);
    }
    const { place } = this;
    if (place === recordedPlaces.absent) return undefined;
    const known = run.firstCell < 0 || place < 0 ? -1 : textFromOf(run.firstCell + place);
    if (known >= 0) {
      this.text.stand(recorded, place, known, textEndOf(run.firstCell + place));
      return this.text;
    }
    if (place < 0 || !recorded.textAt(place)) return firstValue(run.event, keys);
    const end = putRecorded(recorded.text, run.free);
    if (end < 0) return recorded.decodeAt(place);
    this.text.stand(recorded, place, run.free, end);
    run.free = end;
    return this.text;
  }

  private know(raw: Scalar): KnownValue {
    if (typeof raw !== "string" || raw.length > rememberedCharsMax) return new KnownValue(raw);
    const known = this.remembered.get(raw);
    if (known !== undefined) {
      known.repeats = true;
      return known;
    }
    const fresh = new KnownValue(raw);
    this.remembered.set(raw, fresh);
    return fresh;
  }
}

function textOf({ view, at, count }: RecordedText): string {
  const bytes = Buffer.from(view.buffer, view.byteOffset + at, 2 * count);
  const text = bytes.toString("utf16le");
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

function firstValue(event: SigmaEvent, keys: readonly string[]): FieldValue | undefined {
  for (let at = 0; at < keys.length; at++) {
    const value = event.get(keys[at]!);
    if (isValue(value)) return value;
  }
  return undefined;
}

function isValue(value: FieldValue | null | undefined): boolean {
  return value !== undefined && value !== null;
}
