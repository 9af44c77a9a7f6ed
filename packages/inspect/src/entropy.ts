/** How often each byte value occurs, for content that arrives in pieces. */
export class ByteCounts {
  readonly #counts = new Uint32Array(256);
  #total = 0;

  add(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) this.#counts[bytes[i]!]!++;
    this.#total += bytes.length;
  }

  /** Shannon entropy in bits per byte, rounded to hundredths: 0 is one value only, 8 is random. */
  entropy(): number {
    let sum = 0;
    for (const count of this.#counts) {
      if (count > 0) sum -= (count / this.#total) * Math.log2(count / this.#total);
    }
    return Math.round(sum * 100) / 100;
  }
}

export function entropyOf(bytes: Uint8Array): number {
  const counts = new ByteCounts();
  counts.add(bytes);
  return counts.entropy();
}
