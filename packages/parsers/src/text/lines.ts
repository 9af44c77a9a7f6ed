import { isAscii } from "node:buffer";
import type { ByteSource } from "@firebreak/model/format";
import { decodeText, type Encoding } from "./encoding.ts";

/** One physical line: text without its line break, and the bytes it stands in (break included). */
export interface LineVisitor {
  line(text: string, offset: number, length: number, number: number): void;
  /** A line over the limit: only its place is told. */
  tooLong(offset: number, length: number, number: number): void;
}

export interface LineOptions {
  encoding: Encoding;
  /** First byte to read (after a byte-order mark). */
  start: number;
  blockBytes?: number;
  /** A longer line is not decoded. */
  maxLineBytes?: number;
}

const defaultBlockBytes = 64 << 10;
/** A block with other than ASCII is halved down to this. */
const smallBlockBytes = 2048;
/** Longest line that is parsed as one record; a longer one is rejected whole, with its place. */
export const maxLineBytes = 16 << 20;

/** Walks the lines of a source block by block: memory is bounded by the block and the longest allowed line. */
export function walkLines(source: ByteSource, options: LineOptions, visitor: LineVisitor): void {
  const width = options.encoding === "utf-16le" || options.encoding === "utf-16be" ? 2 : 1;
  const limit = options.maxLineBytes ?? maxLineBytes;
  let offset = options.start;
  let number = 1;
  while (offset < source.size) {
    let size = options.blockBytes ?? defaultBlockBytes;
    let block = source.read(offset, size);
    let end = lastBreak(block, options.encoding);
    while (end < 0 && offset + block.length < source.size && size < limit) {
      size = Math.min(size * 2, limit);
      block = source.read(offset, size);
      end = lastBreak(block, options.encoding);
    }
    if (block.length === 0) return;
    if (end < 0 && offset + block.length < source.size) {
      const next = findBreak(source, offset + block.length, options.encoding);
      visitor.tooLong(offset, next - offset, number++);
      offset = next;
      continue;
    }
    const usable = offset + block.length >= source.size ? block : block.subarray(0, end);
    number = splitBlock(usable, offset, number, options.encoding, width, visitor);
    offset += usable.length;
  }
}

/** Index just behind the last line break of a block, or -1. */
function lastBreak(block: Uint8Array, encoding: Encoding): number {
  for (let at = block.lastIndexOf(10); at >= 0; at = at === 0 ? -1 : block.lastIndexOf(10, at - 1)) {
    if (encoding === "utf-16le") {
      if (at % 2 === 0 && block[at + 1] === 0) return at + 2;
    } else if (encoding === "utf-16be") {
      if (at % 2 === 1 && block[at - 1] === 0) return at + 1;
    } else return at + 1;
  }
  return -1;
}

/** Offset in the source just behind the next line break at or after `from`. */
function findBreak(source: ByteSource, from: number, encoding: Encoding): number {
  for (let at = from; at < source.size; ) {
    const block = source.read(at, defaultBlockBytes);
    if (block.length === 0) break;
    const index = firstBreak(block, 0, encoding);
    if (index >= 0) return at + index;
    at += block.length;
  }
  return source.size;
}

function firstBreak(block: Uint8Array, from: number, encoding: Encoding): number {
  for (let at = block.indexOf(10, from); at >= 0; at = block.indexOf(10, at + 1)) {
    if (encoding === "utf-16le") {
      if (at % 2 === 0 && block[at + 1] === 0) return at + 2;
    } else if (encoding === "utf-16be") {
      if (at % 2 === 1 && block[at - 1] === 0) return at + 1;
    } else return at + 1;
  }
  return -1;
}

function splitBlock(
  block: Uint8Array,
  base: number,
  firstNumber: number,
  encoding: Encoding,
  width: number,
  visitor: LineVisitor,
): number {
  if (width === 1 && isAscii(block)) return splitAscii(block, base, firstNumber, visitor);
  if (width === 1 && block.length > smallBlockBytes) {
    // One name with an accent must not cost the whole block the quick way.
    const middle = block.indexOf(10, block.length >> 1) + 1;
    if (middle > 0 && middle < block.length) {
      const second = splitBlock(block.subarray(0, middle), base, firstNumber, encoding, width, visitor);
      return splitBlock(block.subarray(middle), base + middle, second, encoding, width, visitor);
    }
  }
  let number = firstNumber;
  for (let start = 0; start < block.length; ) {
    const found = firstBreak(block, start, encoding);
    const end = found < 0 ? block.length : found;
    let stop = found < 0 ? end : end - width;
    const carriage = encoding === "utf-16be" ? stop - 1 : stop - width;
    if (found >= 0 && carriage >= start && block[carriage] === 13) stop -= width;
    visitor.line(decodeText(block.subarray(start, stop), encoding), base + start, end - start, number++);
    start = end;
  }
  return number;
}

/** In ASCII a character is a byte, so one decode serves the whole block and the lines are slices of it. */
function splitAscii(block: Uint8Array, base: number, firstNumber: number, visitor: LineVisitor): number {
  const text = Buffer.from(block.buffer, block.byteOffset, block.length).toString("latin1");
  let number = firstNumber;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found + 1;
    let stop = found < 0 ? end : found;
    if (found > start && text.charCodeAt(found - 1) === 13) stop--;
    visitor.line(text.slice(start, stop), base + start, end - start, number++);
    start = end;
  }
  return number;
}
