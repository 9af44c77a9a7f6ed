/** Bounds on what one file may cost. Every one that is reached is told in a note. */
export interface Limits {
  /** Processing time; a check between steps. The caller kills the worker when a step itself does not end. */
  readonly timeMs: number;
  /** Levels of parts within parts. */
  readonly depth: number;
  /** Parts in all. */
  readonly parts: number;
  /** Bytes of one part once it is unpacked. */
  readonly partBytes: number;
  /** Bytes of all parts together. */
  readonly totalBytes: number;
}

export const defaultLimits: Limits = {
  timeMs: 60_000,
  depth: 10,
  parts: 2000,
  partBytes: 128 * 2 ** 20,
  totalBytes: 512 * 2 ** 20,
};

/** Thrown inside a triage only; it ends the part at hand and becomes a note. */
export class LimitReached extends Error {
  readonly code: "time-limit" | "part-limit" | "size-limit";
  constructor(code: LimitReached["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** What is left of the limits. `now` gives milliseconds of any steady clock. */
export class Budget {
  readonly limits: Limits;
  #parts = 0;
  #bytes = 0;
  readonly #now: () => number;
  readonly #endMs: number;

  constructor(limits: Limits, now: () => number) {
    this.limits = limits;
    this.#now = now;
    this.#endMs = now() + limits.timeMs;
  }

  /** Throws when the time is over. Cheap enough for every few thousand steps of a loop. */
  check(): void {
    if (this.#now() > this.#endMs)
      throw new LimitReached("time-limit", `the time limit of ${this.limits.timeMs} ms is reached`);
  }

  addPart(bytes: number): void {
    this.check();
    if (++this.#parts > this.limits.parts)
      throw new LimitReached("part-limit", `more than ${this.limits.parts} parts`);
    this.addBytes(bytes);
  }

  addBytes(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.limits.totalBytes)
      throw new LimitReached("size-limit", `the parts hold more than ${this.limits.totalBytes} bytes in all`);
  }

  /** Bytes that the next part may have. */
  get bytesLeft(): number {
    return Math.max(0, Math.min(this.limits.partBytes, this.limits.totalBytes - this.#bytes));
  }
}
