import type { CellFinder, RecordSieve } from "../binxml/cells.ts";
import { isZero } from "../bytes.ts";
import { EvtxRecord } from "../record.ts";
import { type Chunk, type ChunkHeader, chunkHeaderSize, chunkSize, parseChunkHeader } from "./chunk.ts";
import { crc32 } from "./crc32.ts";
import { flagNoChecksum } from "./header.ts";
import { carve, type EvtxRange, hasChunkMagic, type WalkVisitor, walkChunk } from "./walk.ts";

export interface EvtxOptions {
  /** Also carve old records from space that is not in use; they come with `recovered: true`. */
  readonly recover?: boolean;
  /** Check the checksums of chunks. A wrong one is reported, the records are read all the same. Default true. */
  readonly checksums?: boolean;
}

/** `isSifted`: the sieve was asked about the record, as the last one, and has let it through. */
export type RecordVisitor = (record: EvtxRecord, isSifted: boolean) => void;

/** A sieve and what finds cells for it. */
export interface Sifting {
  readonly sieve: RecordSieve;
  readonly finder: CellFinder;
}

/** Header of a record before its content, and the copy of its size after it. */
const recordHeaderSize = 24;
const sizeCopySize = 4;

/**
 * Calls `visit` for every record of one chunk that the sieve lets through, and `onRange` for every stretch of bytes that is no
 * record.
 */
export function readChunk(
  chunk: Chunk,
  options: EvtxOptions,
  visit: RecordVisitor,
  onRange: ((range: EvtxRange) => void) | undefined,
  sifting?: Sifting,
): void {
  const { bytes, fileOffset } = chunk;
  sifting?.sieve.useChunk(bytes);
  const visitor: WalkVisitor = {
    record: (at, length, isRecovered) => {
      const isSifted =
        sifting !== undefined &&
        !isRecovered &&
        sifting.finder.find(chunk, at + recordHeaderSize, at + length - sizeCopySize);
      if (isSifted && !sifting.sieve.mayMatter(sifting.finder)) return;
      visit(new EvtxRecord(chunk, at, length, isRecovered), isSifted);
    },
    range: (kind, at, length, reason) => {
      if (onRange === undefined || length === 0) return;
      const range = { kind, offset: fileOffset + at, length };
      onRange(reason === undefined ? range : { ...range, reason });
    },
  };
  if (bytes.length < chunkSize) {
    chunk.report("truncated-chunk", bytes.length, "the file ends within a chunk");
  }
  const isRecovering = options.recover ?? false;
  if (bytes.length >= chunkHeaderSize && hasChunkMagic(bytes)) {
    visitor.range("chunk-header", 0, chunkHeaderSize);
    const header = parseChunkHeader(bytes);
    if (options.checksums ?? true) checkSums(chunk, header);
    walkChunk(chunk, header, visitor, isRecovering);
  } else readUnusedChunk(chunk, visitor, isRecovering);
}

/** A chunk without its magic: never used (zeros), cleared, or damaged. */
function readUnusedChunk(chunk: Chunk, visitor: WalkVisitor, isRecovering: boolean): void {
  const { bytes } = chunk;
  if (isZero(bytes, 0, bytes.length)) {
    visitor.range("free-space", 0, bytes.length);
    return;
  }
  // A cleared chunk has a zeroed or reset header over old data; anything else is damage.
  const isCleared = isZero(bytes, 0, Math.min(8, bytes.length));
  if (isCleared) chunk.report("empty-chunk", 0, "a chunk without header holds old data");
  else chunk.report("bad-chunk-magic", 0, "a chunk does not begin as one");
  const reason = isCleared ? undefined : "chunk without its magic";
  if (isRecovering) carve(bytes, 0, bytes.length, visitor, reason);
  else visitor.range(isCleared ? "slack" : "rejected", 0, bytes.length, reason);
}

function checkSums(chunk: Chunk, header: ChunkHeader): void {
  if ((header.flags & flagNoChecksum) !== 0) return;
  const { bytes } = chunk;
  if (crc32(bytes, 128, chunkHeaderSize, crc32(bytes, 0, 120)) !== header.headerChecksum) {
    chunk.report("bad-chunk-header-checksum", 124, "the checksum of the chunk header does not match");
  }
  const end = header.freeSpaceOffset;
  if (end < chunkHeaderSize || end > bytes.length) return;
  if (crc32(bytes, chunkHeaderSize, end) !== header.recordsChecksum) {
    chunk.report("bad-chunk-checksum", 52, "the checksum of the chunk's records does not match");
  }
}
