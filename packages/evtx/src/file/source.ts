/** Synchronous random access to the bytes of a log. A `Uint8Array` serves as well. */
export interface EvtxSource {
  readonly size: number;
  /** Up to `length` bytes from `offset`, shorter only at the end. The result may be kept by records. */
  read(offset: number, length: number): Uint8Array;
}

/** The source of bytes that are all in memory. Reads are views, not copies. */
export function sourceOf(input: Uint8Array | EvtxSource): EvtxSource {
  if (!(input instanceof Uint8Array)) return input;
  return {
    size: input.length,
    read: (offset, length) => input.subarray(offset, Math.min(offset + length, input.length)),
  };
}
