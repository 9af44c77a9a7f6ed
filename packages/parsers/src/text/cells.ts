/**
 * The cells of a line between single separators: their places are found at once, their texts cut only where somebody asks. One object
 * serves line after line, as an array of texts for each costs more than all that is read from them.
 */
export class Cells {
  readonly #separator: string;
  /** Where each cell ends; the next begins one character behind. */
  readonly #ends: Int32Array;
  #line = "";
  /** Cells of the line, those beyond the limit left out. */
  count = 0;

  constructor(separator: string, limit: number) {
    this.#separator = separator;
    this.#ends = new Int32Array(limit);
  }

  read(line: string): void {
    const ends = this.#ends;
    const separator = this.#separator;
    let count = 0;
    let at = line.indexOf(separator);
    while (at >= 0 && count < ends.length) {
      ends[count++] = at;
      at = line.indexOf(separator, at + 1);
    }
    if (count < ends.length) ends[count++] = line.length;
    this.#line = line;
    this.count = count;
  }

  /** The text of a cell; undefined where there is no such cell, or it is empty or "-". */
  text(cell: number): string | undefined {
    if (cell < 0 || cell >= this.count) return undefined;
    const start = cell === 0 ? 0 : this.#ends[cell - 1]! + 1;
    const end = this.#ends[cell]!;
    if (end === start || (end === start + 1 && this.#line.charCodeAt(start) === 45)) return undefined;
    return this.#line.slice(start, end);
  }

  /** The text of neighbouring cells with the separators between them: a date and a clock, say. */
  between(first: number, last: number): string {
    const start = first === 0 ? 0 : this.#ends[first - 1]! + 1;
    return this.#line.slice(start, this.#ends[last]);
  }
}
