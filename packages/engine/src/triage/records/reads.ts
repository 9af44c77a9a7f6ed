import type { EventRow } from "../../findings/rows.ts";

/** Records that were read for one thing, and in a sentence each what was not read; none where all were. */
export interface BoundedRead {
  readonly rows: readonly EventRow[];
  readonly cuts: readonly string[];
}

/** Notes which reads behind an answer stopped at their bound: nothing that they did not show may be called absent. */
export class ReadLog {
  readonly #cuts = new Set<string>();

  note(cuts: readonly string[]): void {
    for (const cut of cuts) this.#cuts.add(cut);
  }

  /** Sentences, each once, in the order in which they were noted. */
  get cuts(): string[] {
    return [...this.#cuts];
  }
}

/** The same reads; one that was cut notes it as soon as anyone looks at its rows, so that no question can forget to. */
export function watched<T extends BoundedRead>(reads: readonly T[], log: ReadLog): T[] {
  return reads.map((read) =>
    read.cuts.length === 0
      ? read
      : {
          ...read,
          get rows() {
            log.note(read.cuts);
            return read.rows;
          },
        },
  );
}

/** The sentence for a read that stopped at its bound; none where it did not. */
export function cutOf(what: string, read: number, count: number): string[] {
  return count > read ? [`Of ${count} records of ${what} the first ${read} were read.`] : [];
}
