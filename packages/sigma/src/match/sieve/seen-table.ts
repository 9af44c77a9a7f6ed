import { putWords, tablesAge } from "./memory.ts";

/** Where the kernel notes of a bucket's rules which of their marks it has seen in an event. All programs of the bucket share it. */
export class SeenTable {
  readonly size: number;
  private age = -1;
  private at = 0;

  /** `size`: rules of the bucket. */
  constructor(size: number) {
    this.size = size;
  }

  get address(): number {
    if (this.age !== tablesAge()) {
      this.at = putWords(new Int32Array(this.size));
      this.age = tablesAge();
    }
    return this.at;
  }
}
