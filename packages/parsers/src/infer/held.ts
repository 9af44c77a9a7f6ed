/**
 * The fields of one record that hold an inferred value, with the confidence of each. A record has a few, whose names
 * are those of the columns' meanings: to go through them is cheaper than to make a table for each record.
 */
export class Held {
  readonly #fields: string[] = [];
  readonly #confidences: number[] = [];
  #count = 0;

  get(field: string): number | undefined {
    for (let i = 0; i < this.#count; i++) if (this.#fields[i] === field) return this.#confidences[i];
    return undefined;
  }

  has(field: string): boolean {
    return this.get(field) !== undefined;
  }

  set(field: string, confidence: number): void {
    let at = 0;
    while (at < this.#count && this.#fields[at] !== field) at++;
    this.#fields[at] = field;
    this.#confidences[at] = confidence;
    if (at === this.#count) this.#count++;
  }
}
