import type { ParsedEvent } from "@firebreak/model/event";
import type { ItemVisitor } from "./item.ts";
import type { Reject } from "./receipt.ts";

/** A file whose first records have times without a year is read last, dated by the others. */
const probationBytes = 16 << 10;
/** Many events may come from the first record. */
const probationEvents = 2000;

/** Stops the reading of a file that is put off. */
export class PostponedError extends Error {
  override readonly name = "PostponedError";
}

/**
 * Holds back what a file's first records tell until it is sure that the file dates itself: it is then recognised and read once,
 * not surveyed before.
 */
export class Probation implements Required<ItemVisitor> {
  readonly #visitor: Required<ItemVisitor>;
  readonly #held: (() => void)[] = [];
  #isOver = false;
  #isYearless = false;

  constructor(visitor: Required<ItemVisitor>) {
    this.#visitor = visitor;
  }

  /** For the reader of times: one without a year was met. */
  readonly onYearless = (): void => {
    if (!this.#isOver) this.#isYearless = true;
  };

  /** @throws PostponedError when a time without a year was met */
  event(event: ParsedEvent): void {
    if (this.#isOver || this.#passes(event.offset)) this.#visitor.event(event);
    else this.#held.push(() => this.#visitor.event(event));
  }

  reject(reject: Reject): void {
    if (this.#isOver || this.#passes(reject.offset)) this.#visitor.reject(reject);
    else this.#held.push(() => this.#visitor.reject(reject));
  }

  #passes(offset: number): boolean {
    if (this.#isYearless) throw new PostponedError("a time without a year");
    if (offset < probationBytes && this.#held.length < probationEvents) return false;
    this.#release();
    return true;
  }

  /** The file is at its end. @returns false when it is to be put off */
  finish(): boolean {
    if (!this.#isOver && this.#isYearless) return false;
    this.#release();
    return true;
  }

  #release(): void {
    this.#isOver = true;
    for (const tell of this.#held) tell();
    this.#held.length = 0;
  }
}
