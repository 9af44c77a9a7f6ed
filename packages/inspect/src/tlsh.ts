/**
 * TLSH, the locality-sensitive hash of Oliver, Cheng and Chen (2013), in its form "T1": 128 buckets, one byte of checksum.
 * Two files with similar content have similar digests.
 */

/** Pearson's permutation as TLSH uses it. */
const permutation = Uint8Array.from(
  Buffer.from(
    "0157310cb0b266a679c10654f9e62ca30ec5d5b5a155da5040ef18e2ec8e26c86eb168678dfdff324d6551122d601fde" +
      "196bbe4656edf02248f214d6f4e395eb61ea39163cfa52afd0057fc76f3e87f8aea9d33a429a6ac3f5ab11bbb6b300f3" +
      "8438944b80859e64827e5b0d99f6d8db7744df4e5358c9637a0b5c208872340a8a1e30b79c233d1a8f4afb5e81a23f98" +
      "aa0773a7f1ce0396373b97dc5a3517837dad0fee4f5f59106989e1e0d9a0257b7649029d2e74099186e4cfd4cad745e5" +
      "1bbc437ca8fc2a041d6c15f713cd27cbe928ba93c6c09b21a4bf62cca5b4754c8c24d2ac29369f08b9e871c4e72f9278" +
      "33411c90fedd5dbdc28b702b476db8d1",
    "hex",
  ),
);

const bytesMin = 50;
const buckets = 128;

/** "T1" and 70 hex digits; nothing for fewer than 50 bytes or content without variety. */
export function tlshOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < bytesMin) return undefined;
  const { counts, checksum } = countTriplets(bytes);
  const sorted = counts.slice(0, buckets).sort();
  const q1 = sorted[buckets / 4 - 1]!;
  const q2 = sorted[buckets / 2 - 1]!;
  const q3 = sorted[buckets - buckets / 4 - 1]!;
  const filled = sorted.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  if (q3 === 0 || filled <= buckets / 2) return undefined;
  const body: number[] = [];
  for (let i = 0; i < buckets / 4; i++) {
    let code = 0;
    for (let j = 0; j < 4; j++) {
      const count = counts[4 * i + j]!;
      code |= (count > q3 ? 3 : count > q2 ? 2 : count > q1 ? 1 : 0) << (j * 2);
    }
    body.push(code);
  }
  const ratios = ((Math.trunc((q1 * 100) / q3) % 16) << 4) | (Math.trunc((q2 * 100) / q3) % 16);
  const head = [swapNibbles(checksum), swapNibbles(lengthCode(bytes.length)), ratios];
  return `T1${Buffer.from([...head, ...body.reverse()])
    .toString("hex")
    .toUpperCase()}`;
}

/** Each window of five bytes counts six of its triplets, each with a salt of its own. */
function countTriplets(bytes: Uint8Array): { counts: Uint32Array; checksum: number } {
  const t = permutation;
  const counts = new Uint32Array(256);
  const [salt2, salt3, salt5, salt7, salt11, salt13] = [2, 3, 5, 7, 11, 13].map((salt) => t[salt]!) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  let checksum = 0;
  for (let i = 4; i < bytes.length; i++) {
    const a = bytes[i]!;
    const b = bytes[i - 1]!;
    const c = bytes[i - 2]!;
    const d = bytes[i - 3]!;
    const e = bytes[i - 4]!;
    checksum = t[t[t[t[0]! ^ a]! ^ b]! ^ checksum]!;
    counts[t[t[t[salt2 ^ a]! ^ b]! ^ c]!]!++;
    counts[t[t[t[salt3 ^ a]! ^ b]! ^ d]!]!++;
    counts[t[t[t[salt5 ^ a]! ^ c]! ^ d]!]!++;
    counts[t[t[t[salt7 ^ a]! ^ c]! ^ e]!]!++;
    counts[t[t[t[salt11 ^ a]! ^ b]! ^ e]!]!++;
    counts[t[t[t[salt13 ^ a]! ^ d]! ^ e]!]!++;
  }
  return { counts, checksum };
}

/** The length on a logarithmic scale: its steps grow with the file. */
function lengthCode(length: number): number {
  if (length <= 656) return Math.floor(Math.log(length) / 0.4054651) & 255;
  if (length <= 3199) return Math.floor(Math.log(length) / 0.26236426 - 8.72777) & 255;
  return Math.floor(Math.log(length) / 0.09531018 - 62.5472) & 255;
}

function swapNibbles(value: number): number {
  return ((value & 15) << 4) | (value >> 4);
}
