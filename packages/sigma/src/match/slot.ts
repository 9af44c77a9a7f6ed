import { Buffer } from "node:buffer";
import type { FieldValue, RecordedText, RecordedValues, Scalar, SigmaEvent } from "../event.ts";
import { RecentTexts } from "./cache.ts";
import { fold } from "./fold.ts";
import { Scanner } from "./scanner.ts";
import type { ScalarPredicate } from "./value-tests.ts";

/** The event in hand. The generation tells slots that what they hold is of an earlier event. */
export interface Run {
  event: SigmaEvent;
  generation: number;
}

/** One value, and what is already known of it. Event values repeat, so most are found in the slot's memory. */
interface KnownValue {
  readonly raw: Scalar;
  readonly folded: string;
  /** Seen before: its answers are worth keeping. */
  repeats: boolean;
  candidates: readonly number[] | undefined;
  /** Answers of the slot's costly tests by number: 0 not asked yet, 1 true, 2 false. */
  answers: Uint8Array | undefined;
}

/** Longer values seldom repeat. */
const rememberedCharsMax = 512;
/** Few rules are as quick to try again as to remember, and there are many buckets of few rules. */
const rememberedMax = 1024;
/** Between values that are searched as one text. One that is found across it is a candidate too many, which is no harm. */
const between = "\n";
const noValues: readonly KnownValue[] = [];

/** A field of the event, read and folded at most once per event however many rules ask for it. */
export class Slot {
  /** Keys to try in turn; undefined: every value of the event (keywords). */
  readonly keys: readonly string[] | undefined;
  readonly scanner = new Scanner();
  private generation = -1;
  private isPresent = false;
  private several: readonly KnownValue[] | undefined = undefined;
  private single: KnownValue | undefined = undefined;
  private costlyTests = 0;
  private readonly remembered: RecentTexts<KnownValue>;
  private readonly rememberedCandidates = new RecentTexts<readonly number[]>(16);

  /** `ruleCount`: rules that may ask, which says how much remembering is worth. */
  constructor(keys: readonly string[] | undefined, ruleCount: number) {
    this.keys = keys;
    this.remembered = new RecentTexts(Math.min(ruleCount * 2, rememberedMax));
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

  scalars(run: Run): readonly Scalar[] {
    this.read(run);
    if (this.single !== undefined) return [this.single.raw];
    return (this.several ?? noValues).map((value) => value.raw);
  }

  /** Number for a test whose answers are worth remembering by value. */
  costlyTest(): number {
    return this.costlyTests++;
  }

  /** True when a value passes the test; `number` is from `costlyTest`, or -1. */
  passes(run: Run, test: ScalarPredicate, number: number): boolean {
    this.read(run);
    if (this.single !== undefined) return this.ask(this.single, test, number);
    if (this.several === undefined) return false;
    for (let at = 0; at < this.several.length; at++) {
      if (this.ask(this.several[at]!, test, number)) return true;
    }
    return false;
  }

  /** Calls back with the numbers of rules whose guard text is in a value. */
  eachCandidates(run: Run, use: (rules: readonly number[]) => void): void {
    const { recorded } = run.event;
    if (this.keys === undefined) {
      if (recorded === undefined) use(this.scanner.scan(fold([...run.event.values()].join(between))));
      else this.eachInRecorded(recorded, use);
      return;
    }
    const found = recorded === undefined ? "unknown" : recorded.find(this.keys);
    if (found === "absent" || (found === "text" && this.scanner.scanRecorded(recorded!.text, use))) return;
    this.read(run);
    if (this.single !== undefined) use(this.candidatesOf(this.single));
    else for (const value of this.several ?? noValues) use(this.candidatesOf(value));
  }

  private eachInRecorded(recorded: RecordedValues, use: (rules: readonly number[]) => void): void {
    const { scanner } = this;
    recorded.forEach(
      (text) => {
        if (!scanner.scanRecorded(text, use)) use(scanner.scan(fold(textOf(text))));
      },
      (value) => use(this.candidatesIn(value)),
      scanner.isNumberLike,
    );
  }

  /** Of a value that had to be decoded, mostly the name of a computer or a provider: few, and the same all the time. */
  private candidatesIn(value: string): readonly number[] {
    let known = this.rememberedCandidates.get(value);
    if (known === undefined) {
      known = this.scanner.scan(fold(value));
      if (value.length <= rememberedCharsMax) this.rememberedCandidates.set(value, known);
    }
    return known;
  }

  private candidatesOf(value: KnownValue): readonly number[] {
    value.candidates ??= this.scanner.scan(value.folded);
    return value.candidates;
  }

  private ask(value: KnownValue, test: ScalarPredicate, number: number): boolean {
    if (number < 0 || !value.repeats) return test(value.folded, value.raw);
    if (value.answers === undefined || value.answers.length <= number) {
      const answers = new Uint8Array(Math.max(this.costlyTests, number + 1));
      if (value.answers !== undefined) answers.set(value.answers);
      value.answers = answers;
    }
    const known = value.answers[number]!;
    if (known !== 0) return known === 1;
    const answer = test(value.folded, value.raw);
    value.answers[number] = answer ? 1 : 2;
    return answer;
  }

  private read(run: Run): void {
    if (this.generation === run.generation) return;
    this.generation = run.generation;
    this.several = undefined;
    const value = this.keys === undefined ? [...run.event.values()] : readValue(run.event, this.keys);
    this.isPresent = value !== undefined;
    if (value === undefined) this.single = undefined;
    else if (typeof value === "object") {
      this.single = undefined;
      this.several = (value as readonly Scalar[]).map((item) => this.know(item));
    } else if (this.single === undefined || this.single.raw !== value) this.single = this.know(value);
    else this.single.repeats = true;
  }

  private know(raw: Scalar): KnownValue {
    if (typeof raw !== "string" || raw.length > rememberedCharsMax) return knownValue(raw);
    const known = this.remembered.get(raw);
    if (known !== undefined) {
      known.repeats = true;
      return known;
    }
    const fresh = knownValue(raw);
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

function knownValue(raw: Scalar): KnownValue {
  return { raw, folded: fold(String(raw)), repeats: false, candidates: undefined, answers: undefined };
}

function readValue(event: SigmaEvent, keys: readonly string[]): FieldValue | undefined {
  const { recorded } = event;
  switch (recorded?.find(keys)) {
    case "absent":
      return undefined;
    case "text":
      return recorded!.decode();
    default:
      return firstValue(event, keys);
  }
}

function firstValue(event: SigmaEvent, keys: readonly string[]): FieldValue | undefined {
  for (let at = 0; at < keys.length; at++) {
    const value = event.get(keys[at]!);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}
