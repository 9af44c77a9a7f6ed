/** Records of a BIFF stream ([MS-XLS] 2.1.4): two-byte type, two-byte size, data. */
import { latin1, slice, u8, u16, utf16 } from "../../bytes.ts";

export interface BiffRecord {
  readonly type: number;
  /** Offset of the record's header in the stream. */
  readonly at: number;
  readonly data: Uint8Array;
}

export const recordType = {
  formula: 0x06,
  filePass: 0x2f,
  name: 0x18,
  externName: 0x23,
  note: 0x1c,
  string: 0x207,
  boundSheet: 0x85,
  supBook: 0x1ae,
  hyperlink: 0x1b8,
  label: 0x204,
  sst: 0xfc,
  continue: 0x3c,
  bof: 0x809,
} as const;

/** Zeros after the last record are padding; a size past the end ends the list. */
export function* biffRecords(bytes: Uint8Array, from = 0): Generator<BiffRecord> {
  for (let at = from; at + 4 <= bytes.length; ) {
    const type = u16(bytes, at);
    const size = u16(bytes, at + 2);
    if (type === 0 && size === 0) return;
    yield { type, at, data: slice(bytes, at + 4, at + 4 + size) };
    at += 4 + size;
  }
}

/** Text of `count` characters behind a flag byte whose lowest bit says UTF-16 ([MS-XLS] 2.5.296). */
export function flaggedText(data: Uint8Array, at: number, count: number): { text: string; end: number } {
  const isWide = (u8(data, at) & 1) !== 0;
  const end = at + 1 + (isWide ? 2 * count : count);
  return { text: isWide ? utf16(data, at + 1, end) : latin1(data, at + 1, end), end };
}
