import { startsWith, u16, u32, u64Number } from "../bytes.ts";
import type { Diagnostics } from "../diagnostic.ts";
import { crc32 } from "./crc32.ts";

export const headerBlockSize = 4096;

/** The file header. Its counts are stale in a log that was not closed; reading does not depend on them. */
export interface EvtxHeader {
  readonly firstChunk: number | bigint;
  readonly lastChunk: number | bigint;
  readonly nextRecordId: number | bigint;
  readonly minorVersion: number;
  readonly majorVersion: number;
  /** As stated; 16 bits, wraps. `EvtxFile.chunkCount` is computed from the size. */
  readonly chunkCount: number;
  readonly isDirty: boolean;
  readonly isFull: boolean;
  readonly flags: number;
  readonly checksum: number;
  readonly isChecksumValid: boolean;
}

const flagDirty = 1;
const flagFull = 2;
export const flagNoChecksum = 4;

/** Reads the header block; undefined when the magic is not there. */
export function parseHeader(block: Uint8Array, diagnostics: Diagnostics): EvtxHeader | undefined {
  if (!startsWith(block, 0, "ElfFile\0")) {
    diagnostics.add("not-evtx", 0, "the file does not begin as a Windows event log");
    return undefined;
  }
  if (block.length < 128) {
    diagnostics.add("bad-header", 0, "the file ends within its header");
    return undefined;
  }
  const flags = u32(block, 120);
  const checksum = u32(block, 124);
  const header: EvtxHeader = {
    firstChunk: u64Number(block, 8),
    lastChunk: u64Number(block, 16),
    nextRecordId: u64Number(block, 24),
    minorVersion: u16(block, 36),
    majorVersion: u16(block, 38),
    chunkCount: u16(block, 42),
    isDirty: (flags & flagDirty) !== 0,
    isFull: (flags & flagFull) !== 0,
    flags,
    checksum,
    isChecksumValid: (flags & flagNoChecksum) !== 0 || crc32(block, 0, 120) === checksum,
  };
  reportHeader(header, diagnostics);
  return header;
}

/** The header's count, against the chunks that the log has room for. */
export function checkChunkCount(
  header: EvtxHeader | undefined,
  actualChunks: number,
  diagnostics: Diagnostics,
): void {
  if (header === undefined || header.chunkCount === (actualChunks & 0xffff)) return;
  const message = `the header states ${header.chunkCount} chunks, the file has room for ${actualChunks}`;
  diagnostics.add("stale-chunk-count", 42, message);
}

function reportHeader(header: EvtxHeader, diagnostics: Diagnostics): void {
  if (!header.isChecksumValid) {
    diagnostics.add("bad-header-checksum", 124, "the checksum of the file header does not match");
  }
  if (header.isDirty) {
    diagnostics.add("dirty", 120, "the log was not closed: header counts may be older than the records");
  }
  if (header.isFull) {
    diagnostics.add("full", 120, "the log was full: later events may not have been written");
  }
}
