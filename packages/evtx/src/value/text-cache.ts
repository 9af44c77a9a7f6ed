/**
 * Texts made of few bytes (GUIDs, SIDs, hexadecimal masks) repeat from record to record. Direct-mapped and compared byte by
 * byte: small and right whatever the evidence holds.
 */
const slotCount = 2048;
const bytesMax = 32;
const keys = new Uint8Array(slotCount * bytesMax);
const sizes = new Uint8Array(slotCount);
const types = new Uint8Array(slotCount);
const texts: string[] = new Array<string>(slotCount).fill("");

/** The text that `make` gives for these bytes, remembered per type. */
export function cachedText(
  bytes: Uint8Array,
  type: number,
  at: number,
  size: number,
  make: (bytes: Uint8Array, at: number, size: number) => string,
): string {
  if (size > bytesMax) return make(bytes, at, size);
  let hash = type;
  for (let i = 0; i < size; i++) hash = Math.imul(hash ^ bytes[at + i]!, 0x01000193);
  const slot = (hash ^ (hash >>> 15)) & (slotCount - 1);
  const key = slot * bytesMax;
  if (sizes[slot] === size && types[slot] === type) {
    let i = 0;
    while (i < size && keys[key + i] === bytes[at + i]) i++;
    if (i === size) return texts[slot]!;
  }
  const text = make(bytes, at, size);
  for (let i = 0; i < size; i++) keys[key + i] = bytes[at + i]!;
  sizes[slot] = size;
  types[slot] = type;
  texts[slot] = text;
  return text;
}
