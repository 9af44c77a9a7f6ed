/**
 * Template definitions by what they look like. The same definition comes again in chunk after chunk, and differs there
 * only in where its names stand: comparing bytes is many times cheaper than reading them as tokens. Equal here means
 * equal in every byte but the name references, and those lead to the same names.
 */
export class LikenessTable<T> {
  private readonly byKey = new Map<number, Likeness<T>[]>();
  private keptBytes = 0;

  clear(): void {
    this.byKey.clear();
    this.keptBytes = 0;
  }

  /** What was kept for a definition like the one of `size` bytes at `offset`. */
  find(chunk: DataView, offset: number, size: number, numberAt: NumberAt): T | undefined {
    const list = this.byKey.get(keyOf(chunk, offset, size));
    if (list === undefined) return undefined;
    for (let i = 0; i < list.length; i++) {
      const known = list[i]!;
      if (known.bytes.byteLength === size && isLike(known, chunk, offset, numberAt)) return known.value;
    }
    return undefined;
  }

  /** `names` as of `scannedNames`. The definition must be whole. */
  keep(chunk: Uint8Array, offset: number, size: number, names: Int32Array, value: T): void {
    this.keptBytes += size + names.byteLength + likenessCost;
    if (this.keptBytes > keptBytesMax) this.clear();
    const bytes = new Uint8Array(chunk.subarray(offset, offset + size));
    const view = new DataView(bytes.buffer);
    const own = names.slice();
    for (let i = 0; i < own.length; i += 3) own[i]! -= offset;
    const key = keyOf(view, 0, size);
    const known: Likeness<T> = { bytes: view, names: own, value };
    const list = this.byKey.get(key);
    if (list === undefined) this.byKey.set(key, [known]);
    else {
      // Definitions that claim one GUID and size: more than a few of them are not worth looking through.
      if (list.length >= alikeMax) list.shift();
      list.push(known);
    }
  }
}

/** Number of the name whose reference stands at `at`; -1 when it cannot be trusted. */
export type NumberAt = (at: number) => number;

interface Likeness<T> {
  readonly bytes: DataView;
  readonly names: Int32Array;
  readonly value: T;
}

const alikeMax = 8;
/** Bounds what crafted definitions can hold; those of one machine's logs take about 2 MB. */
const keptBytesMax = 1 << 24;
/** Bytes of the objects around each. */
const likenessCost = 400;
/** Next definition u32, GUID, size u32: only the GUID and the size say what follows. */
const nextSize = 4;

function keyOf(chunk: DataView, offset: number, size: number): number {
  return chunk.getInt32(offset + nextSize, true) ^ Math.imul(size, 0x9e3779b1);
}

function isLike<T>(known: Likeness<T>, chunk: DataView, offset: number, numberAt: NumberAt): boolean {
  const { bytes, names } = known;
  let from = nextSize;
  for (let i = 0; i < names.length; i += 3) {
    const at = names[i]!;
    const own = names[i + 2]!;
    if (!isSame(bytes, chunk, offset, from, at)) return false;
    const reference = chunk.getUint32(offset + at, true);
    // A name that stands after its reference there must do so here, else the bytes after it mean something else.
    if ((reference === offset + at + 4) !== own > 0 || numberAt(offset + at) !== names[i + 1]) return false;
    from = at + 4 + own;
  }
  return isSame(bytes, chunk, offset, from, bytes.byteLength);
}

function isSame(bytes: DataView, chunk: DataView, offset: number, from: number, to: number): boolean {
  let at = from;
  for (; at + 4 <= to; at += 4)
    if (bytes.getInt32(at, true) !== chunk.getInt32(offset + at, true)) return false;
  for (; at < to; at++) if (bytes.getUint8(at) !== chunk.getUint8(offset + at)) return false;
  return true;
}
