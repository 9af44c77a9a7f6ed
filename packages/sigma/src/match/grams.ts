import { textView } from "./text-bytes.ts";

const factor = 0x9e3779b1;
const cellBits = 14;

/** Hash of the first `length` characters (three or four) of a word of four ASCII bytes. Its upper bits are the good ones. */
export function hashOf(word: number, length: number): number {
  return Math.imul(length === 3 ? word << 8 : word, factor);
}

/** The word of four bytes at a place of an ASCII text; zeros past its end. */
export function wordAt(text: string, at: number): number {
  let word = 0;
  for (let i = 0; i < 4 && at + i < text.length; i++) word |= text.charCodeAt(at + i) << (8 * i);
  return word;
}

/** How often three and four characters stand side by side in texts that were seen, about. */
export class GramCounts {
  private readonly cells = new Uint32Array(1 << cellBits);

  /** Counts those of a text in `text-bytes.ts`. */
  add(from: number, end: number): void {
    for (let at = from; at + 3 <= end; at++) {
      const word = textView.getInt32(at, true);
      this.cells[hashOf(word, 3) >>> (32 - cellBits)]!++;
      if (at + 4 <= end) this.cells[hashOf(word, 4) >>> (32 - cellBits)]!++;
    }
  }

  of(hash: number): number {
    return this.cells[hash >>> (32 - cellBits)]!;
  }
}
