import type { FieldValue, Scalar, SigmaEvent } from "../event.ts";
import { fold } from "./fold.ts";
import type { ScalarPredicate } from "./value-tests.ts";

/** The event in hand. The generation tells slots that what they hold is of an earlier event. */
export interface Run {
  event: SigmaEvent;
  generation: number;
}

/** A field of the event, read and folded at most once per event however many rules ask for it. */
export class Slot {
  /** Keys to try in turn; undefined: every value of the event (keywords). */
  readonly keys: readonly string[] | undefined;
  private generation = -1;
  private value: FieldValue | undefined = undefined;
  private folded: string | undefined = undefined;
  private foldedItems: readonly string[] | undefined = undefined;

  constructor(keys: readonly string[] | undefined) {
    this.keys = keys;
  }

  read(run: Run): FieldValue | undefined {
    if (this.generation !== run.generation) {
      this.generation = run.generation;
      this.folded = undefined;
      this.foldedItems = undefined;
      this.value = this.keys === undefined ? [...run.event.values()] : firstValue(run.event, this.keys);
    }
    return this.value;
  }

  /** Folded text of a single value; undefined when the field is absent or has several. */
  foldedText(run: Run): string | undefined {
    const value = this.read(run);
    if (value === undefined || typeof value === "object") return undefined;
    this.folded ??= fold(typeof value === "string" ? value : String(value));
    return this.folded;
  }

  /** Folded texts of several values; undefined when the field is absent or has one. */
  foldedTexts(run: Run): readonly string[] | undefined {
    const value = this.read(run);
    if (typeof value !== "object") return undefined;
    this.foldedItems ??= (value as readonly Scalar[]).map((item) => fold(String(item)));
    return this.foldedItems;
  }

  /** True when a value passes the test. */
  passes(run: Run, test: ScalarPredicate): boolean {
    const single = this.foldedText(run);
    if (single !== undefined) return test(single, this.value as Scalar);
    const several = this.foldedTexts(run);
    if (several === undefined) return false;
    for (let at = 0; at < several.length; at++) {
      if (test(several[at]!, (this.value as readonly Scalar[])[at]!)) return true;
    }
    return false;
  }

  /** True when the field is absent, null or an empty list. */
  isNull(run: Run): boolean {
    const value = this.read(run);
    return value === undefined || (typeof value === "object" && value.length === 0);
  }
}

function firstValue(event: SigmaEvent, keys: readonly string[]): FieldValue | undefined {
  for (let at = 0; at < keys.length; at++) {
    const value = event.get(keys[at]!);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}
