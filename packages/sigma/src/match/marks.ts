/** Marks of literals that were found, in the order of the search; the same mark may be there several times. */
export class Marks {
  list = new Int32Array(64);
  count = 0;

  clear(): void {
    this.count = 0;
  }

  /** Adds `from[start]` up to, not including, `from[end]`. */
  add(from: Int32Array, start: number, end: number): void {
    if (this.count + end - start > this.list.length) this.grow(end - start);
    for (let at = start; at < end; at++) this.list[this.count++] = from[at]!;
  }

  addAll(from: Int32Array): void {
    this.add(from, 0, from.length);
  }

  /** What was added since there were `count`. */
  since(count: number): Int32Array {
    return count === this.count ? none : this.list.slice(count, this.count);
  }

  private grow(more: number): void {
    const longer = new Int32Array(2 * (this.list.length + more));
    longer.set(this.list);
    this.list = longer;
  }
}

const none = new Int32Array(0);
