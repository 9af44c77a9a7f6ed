/** Counts by name. Neighbouring records are alike, so the last name's count is at hand without a look-up. */
export class Tally {
  readonly #counts = new Map<string, { name: string; count: number }>();
  #last: { name: string; count: number } | undefined;

  add(name: string): void {
    if (this.#last?.name !== name) {
      this.#last = this.#counts.get(name);
      if (this.#last === undefined) {
        this.#last = { name, count: 0 };
        this.#counts.set(name, this.#last);
      }
    }
    this.#last.count++;
  }

  /** Sorted by name. */
  entries(): [string, number][] {
    return [...this.#counts.values()]
      .map(({ name, count }): [string, number] => [name, count])
      .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }
}
