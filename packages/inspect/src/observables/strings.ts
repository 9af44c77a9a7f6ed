import { utf16 } from "../bytes.ts";

/** Readable runs in bytes: one-byte characters and UTF-16LE, with their offsets. */
export interface FoundString {
  readonly text: string;
  readonly offset: number;
}

const runsMax = 100_000;
const runCharsMax = 8192;

export function stringsOf(bytes: Uint8Array, charsMin = 6): FoundString[] {
  return [...narrowRuns(bytes, charsMin), ...wideRuns(bytes, charsMin)];
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 9;
}

function narrowRuns(bytes: Uint8Array, charsMin: number): FoundString[] {
  const found: FoundString[] = [];
  let start = 0;
  for (let i = 0; i <= bytes.length && found.length < runsMax; i++) {
    if (i < bytes.length && isPrintable(bytes[i]!) && i - start < runCharsMax) continue;
    if (i - start >= charsMin)
      found.push({ text: Buffer.from(bytes.subarray(start, i)).toString("latin1"), offset: start });
    start = i < bytes.length && isPrintable(bytes[i]!) ? i : i + 1;
  }
  return found;
}

function wideRuns(bytes: Uint8Array, charsMin: number): FoundString[] {
  const found: FoundString[] = [];
  for (let i = 0; i + 1 < bytes.length && found.length < runsMax; i++) {
    if (bytes[i + 1] !== 0 || !isPrintable(bytes[i]!)) continue;
    const start = i;
    while (
      i + 1 < bytes.length &&
      bytes[i + 1] === 0 &&
      isPrintable(bytes[i]!) &&
      i - start < 2 * runCharsMax
    )
      i += 2;
    if (i - start >= 2 * charsMin) found.push({ text: utf16(bytes, start, i), offset: start });
    i--;
  }
  return found;
}
