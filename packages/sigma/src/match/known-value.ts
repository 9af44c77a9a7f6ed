import type { RecordedValues, Scalar } from "../event.ts";
import { fold } from "./fold.ts";
import type { Marks } from "./marks.ts";
import type { Scanner } from "./scanner.ts";
import { putString, stringAt } from "./text-bytes.ts";
import type { ScalarPredicate, TestedValue } from "./value-tests.ts";

/** A value of the event, and what is already known of it. */
export class KnownValue implements TestedValue {
  /** Seen before: its answers are worth keeping. */
  repeats = false;
  private value: Scalar | undefined;
  private foldedText: string | undefined;
  /** Where the folded text is among the event's, when it is; -1 when not. */
  private from = -1;
  private end = -1;
  private recorded: RecordedValues | undefined;
  private place = -1;
  private found: Int32Array | undefined;
  /** Answers of the slot's costly tests by number: 0 not asked yet, 1 true, 2 false. */
  private answers: Uint8Array | undefined;

  constructor(value: Scalar | undefined) {
    this.value = value;
  }

  /** Makes it stand for a recorded text that is among the event's texts: decoded when a test wants it. */
  stand(recorded: RecordedValues, place: number, from: number, end: number): void {
    this.value = undefined;
    this.foldedText = undefined;
    this.recorded = recorded;
    this.place = place;
    this.from = from;
    this.end = end;
  }

  get raw(): Scalar {
    this.value ??= this.recorded!.decodeAt(this.place);
    return this.value;
  }

  get folded(): string {
    this.foldedText ??= this.from < 0 ? fold(String(this.value)) : stringAt(this.from, this.end);
    return this.foldedText;
  }

  /** Is the text the same but for case? */
  isSameAs(other: KnownValue): boolean {
    if (this.from >= 0 && other.from >= 0 && this.end - this.from !== other.end - other.from) return false;
    return this.folded === other.folded;
  }

  /** Adds the marks of the literals in it. `free`: where the event's texts end. */
  find(scanner: Scanner, free: number, into: Marks): void {
    if (this.from >= 0) scanner.findInBytes(this.from, this.end, into);
    else if (this.found !== undefined) into.addAll(this.found);
    else {
      const before = into.count;
      const end = putString(String(this.value), free);
      if (end < 0) scanner.find(this.folded, into);
      else scanner.findInBytes(free, end, into);
      this.found = into.since(before);
    }
  }

  /** The test's answer; `number` tells a test whose answers are worth keeping, of `count` such ones, or is -1. */
  passes(test: ScalarPredicate, number: number, count: number): boolean {
    if (number < 0 || !this.repeats) return test(this);
    if (this.answers === undefined || this.answers.length <= number) {
      const answers = new Uint8Array(Math.max(count, number + 1));
      if (this.answers !== undefined) answers.set(this.answers);
      this.answers = answers;
    }
    const known = this.answers[number]!;
    if (known !== 0) return known === 1;
    const answer = test(this);
    this.answers[number] = answer ? 1 : 2;
    return answer;
  }
}
