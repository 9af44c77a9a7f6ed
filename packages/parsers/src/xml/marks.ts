import type { Encoding } from "../text/encoding.ts";

/** A text as its bytes in the encoding of the file. */
export function encodeMark(text: string, encoding: Encoding): Buffer {
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  return Buffer.from(text, "latin1");
}

/** Where a mark stands from an index on; -1. In UTF-16 a match must begin on a character. */
export function findMark(block: Buffer, from: number, encoding: Encoding, mark: Buffer): number {
  const isWide = encoding === "utf-16le" || encoding === "utf-16be";
  for (let at = block.indexOf(mark, from); at >= 0; at = block.indexOf(mark, at + 1)) {
    if (!isWide || at % 2 === from % 2) return at;
  }
  return -1;
}
