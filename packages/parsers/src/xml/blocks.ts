import type { ByteSource } from "@firebreak/model/format";

const blockBytes = 1 << 20;

/**
 * Reads a file block by block for a cutter of records: what was incomplete at a block's end is read again with the next, in a larger
 * block when it does not fit. Memory is bounded by the longest allowed record.
 *
 * @param cut reports what is complete and returns how many bytes that was; 0 asks for a larger block
 * @param tooLong hears of bytes in which no record ends within `maxBytes`
 */
export function walkBlocks(
  source: ByteSource,
  start: number,
  maxBytes: number,
  cut: (block: Buffer, base: number, isLast: boolean) => number,
  tooLong: (offset: number, length: number) => void,
): void {
  let at = start;
  let size = blockBytes;
  while (at < source.size) {
    const bytes = source.read(at, size);
    if (bytes.length === 0) break;
    const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const used = cut(block, at, at + block.length >= source.size);
    if (used === 0 && size >= maxBytes) {
      tooLong(at, block.length);
      at += block.length;
      size = blockBytes;
    } else {
      size = used === 0 ? size * 2 : blockBytes;
      at += used;
    }
  }
}
