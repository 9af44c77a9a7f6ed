import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";

const bufferBytes = 1 << 20;
const needsQuotes = /[",\n\r]/;
const controls = /\0/g;

/** A CSV cell. NUL, which CSV readers refuse, is stored as its visible sign (U+2400); the evidence keeps the byte. */
export function csvCell(value: string): string {
  const safe = value.includes("\0") ? value.replace(controls, "␀") : value;
  // An empty string is quoted, so that it differs from an absent value.
  if (safe === "") return '""';
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A file of CSV rows that a worker appends to: the store loads it in bulk, which costs a fifth of appending row by row. */
export class SegmentWriter {
  readonly file: string;
  readonly #handle: number;
  readonly #buffer = Buffer.allocUnsafeSlow(bufferBytes);
  #used = 0;
  rows = 0;

  constructor(file: string) {
    this.file = file;
    this.#handle = openSync(file, "w");
  }

  /** `row` ends in a line feed. */
  write(row: string): void {
    this.rows++;
    if (row.length * 3 > bufferBytes) {
      this.#flush();
      const bytes = Buffer.from(row);
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#handle, bytes, done);
      return;
    }
    if (this.#used + row.length * 3 > bufferBytes) this.#flush();
    this.#used += this.#buffer.write(row, this.#used);
  }

  #flush(): void {
    for (let done = 0; done < this.#used; )
      done += writeSync(this.#handle, this.#buffer, done, this.#used - done);
    this.#used = 0;
  }

  close(): void {
    this.#flush();
    fsyncSync(this.#handle);
    closeSync(this.#handle);
  }
}
