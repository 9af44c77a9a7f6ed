import { closeSync, openSync, writeSync } from "node:fs";
import { RowBuffer } from "./row-buffer.ts";

const bufferBytes = 1 << 20;

/** A file of rows that a worker appends to: the store loads it in bulk, which costs a fifth of appending row by row. */
export class SegmentWriter {
  readonly file: string;
  /** Takes the cells of the next row. */
  readonly row = new RowBuffer();
  readonly #handle: number;
  rows = 0;

  constructor(file: string) {
    this.file = file;
    this.#handle = openSync(file, "w");
  }

  endRow(): void {
    this.row.endRow();
    this.rows++;
    if (this.row.used > bufferBytes) this.#flush();
  }

  #flush(): void {
    const bytes = this.row.content();
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#handle, bytes, done);
    this.row.clear();
  }

  close(): void {
    this.#flush();
    closeSync(this.#handle);
  }
}
