import { isZero, startsWith, u16, u32, u64Number } from "../bytes.ts";
import { type Chunk, type ChunkHeader, chunkHeaderSize } from "./chunk.ts";

/** What a stretch of the file is. Together the ranges cover every byte once, in order. */
export type RangeKind =
  | "file-header"
  | "chunk-header"
  | "record"
  | "recovered-record"
  | "rejected"
  | "free-space"
  | "slack";

export interface EvtxRange {
  readonly kind: RangeKind;
  /** Byte offset in the file. */
  readonly offset: number;
  readonly length: number;
  /** Why, for rejected bytes. */
  readonly reason?: string;
}

/** Receives the parts of a chunk in order; offsets are relative to the chunk. */
export interface WalkVisitor {
  record(at: number, length: number, isRecovered: boolean): void;
  range(kind: RangeKind, at: number, length: number, reason?: string): void;
}

/** Header 24 bytes, and the copy of the size. */
const recordSizeMin = 28;
const recordSizeMax = 65_536 - chunkHeaderSize;
const recordMagic = 0x00002a2a;

/**
 * Walks the records of a chunk up to the stated free space, and on past it while records go on seamlessly (the header of
 * a log that was not closed is older than its records). A damaged record costs only itself: the walk resumes at the next
 * record whose id is in the chunk's range.
 */
export function walkChunk(
  chunk: Chunk,
  header: ChunkHeader,
  visitor: WalkVisitor,
  isRecovering: boolean,
): void {
  const { bytes, view } = chunk;
  let end = header.freeSpaceOffset;
  if (end < chunkHeaderSize || end > bytes.length) {
    if (bytes.length >= end || end > 65_536)
      chunk.report("bad-free-space-offset", 48, `the free space offset ${end} lies outside of the chunk`);
    end = bytes.length;
  }
  let at = chunkHeaderSize;
  let count = 0;
  let last = 0;
  while (at < end || (count > 0 && followsOn(bytes, at, last))) {
    const length = soundLength(view, at);
    if (length > 0) {
      if (view.getUint32(at + length - 4, true) !== length) {
        chunk.report(
          "size-copy-mismatch",
          at,
          "the size at the end of a record differs from the one at its start",
        );
      }
      visitor.record(at, length, false);
      last = at;
      at += length;
      count++;
      continue;
    }
    const fault = recordFault(bytes, at)!;
    const stop = Math.max(at, Math.min(end, bytes.length));
    if (isZero(bytes, at, stop)) break;
    const next = findRecord(bytes, at + 1, stop, header);
    chunk.report(fault.code, at, fault.message);
    gap(bytes, at, next < 0 ? stop : next, visitor, isRecovering, fault.message);
    at = next < 0 ? stop : next;
    if (next < 0) break;
  }
  checkCount(chunk, header, count);
  if (at < bytes.length) tail(bytes, at, visitor, isRecovering);
}

/** Does a whole record stand here, with the id after that of the last one? */
function followsOn(bytes: Uint8Array, at: number, last: number): boolean {
  return (
    recordFault(bytes, at) === undefined &&
    BigInt(u64Number(bytes, at + 8)) === BigInt(u64Number(bytes, last + 8)) + 1n &&
    u32(bytes, at + u32(bytes, at + 4) - 4) === u32(bytes, at + 4)
  );
}

/** The size of the record at an offset; 0 where `recordFault` says why there is none. */
function soundLength(view: DataView, at: number): number {
  if (at + recordSizeMin > view.byteLength || view.getUint32(at, true) !== recordMagic) return 0;
  const size = view.getUint32(at + 4, true);
  return size >= recordSizeMin && size <= recordSizeMax && at + size <= view.byteLength ? size : 0;
}

interface RecordFault {
  readonly code: "bad-record-magic" | "zero-size-record" | "bad-record-size" | "truncated-record";
  readonly message: string;
}

function recordFault(bytes: Uint8Array, at: number): RecordFault | undefined {
  if (at + recordSizeMin > bytes.length) {
    return { code: "truncated-record", message: "the chunk ends within a record" };
  }
  if (u32(bytes, at) !== recordMagic) {
    return { code: "bad-record-magic", message: "no record begins where one should" };
  }
  const size = u32(bytes, at + 4);
  if (size === 0) return { code: "zero-size-record", message: "a record states the size 0" };
  if (size < recordSizeMin || size > recordSizeMax) {
    return { code: "bad-record-size", message: `a record states the size ${size}` };
  }
  if (at + size > bytes.length) {
    const isTorn = bytes.length < 65_536;
    return isTorn
      ? { code: "truncated-record", message: "the file ends within a record" }
      : { code: "bad-record-size", message: `a record of ${size} bytes runs past the end of its chunk` };
  }
  return undefined;
}

/** Offset of the next whole record with an id that the chunk may hold, or -1. */
function findRecord(bytes: Uint8Array, from: number, to: number, header: ChunkHeader): number {
  for (let at = nextMagic(bytes, from, to); at >= 0; at = nextMagic(bytes, at + 1, to)) {
    const id = u64Number(bytes, at + 8);
    if (isWhole(bytes, at, to) && id >= header.firstRecordId && id <= header.lastRecordId) return at;
  }
  return -1;
}

/** A record is believed when both of its sizes agree and its time is later than 1970 and before 2200. */
function isWhole(bytes: Uint8Array, at: number, to: number): boolean {
  if (recordFault(bytes, at) !== undefined) return false;
  const length = u32(bytes, at + 4);
  const timeHigh = u32(bytes, at + 20);
  return (
    at + length <= to &&
    u32(bytes, at + length - 4) === length &&
    timeHigh > 0x019db1de &&
    timeHigh < 0x029f0000
  );
}

function nextMagic(bytes: Uint8Array, from: number, to: number): number {
  for (
    let at = bytes.indexOf(0x2a, from);
    at >= 0 && at + recordSizeMin <= to;
    at = bytes.indexOf(0x2a, at + 1)
  ) {
    if (bytes[at + 1] === 0x2a && u16(bytes, at + 2) === 0) return at;
  }
  return -1;
}

/** Bytes between live records. */
function gap(
  bytes: Uint8Array,
  from: number,
  to: number,
  visitor: WalkVisitor,
  isRecovering: boolean,
  reason: string,
): void {
  if (isRecovering) carve(bytes, from, to, visitor, reason);
  else visitor.range("rejected", from, to - from, reason);
}

/** Bytes after the last live record: zeros, or what older records left. */
function tail(bytes: Uint8Array, from: number, visitor: WalkVisitor, isRecovering: boolean): void {
  if (isRecovering) carve(bytes, from, bytes.length, visitor, undefined);
  else visitor.range(isZero(bytes, from, bytes.length) ? "free-space" : "slack", from, bytes.length - from);
}

/** Reports old records in a stretch of bytes, and what is between them. `reason` given: what is between is rejected. */
export function carve(
  bytes: Uint8Array,
  from: number,
  to: number,
  visitor: WalkVisitor,
  reason: string | undefined,
): void {
  let covered = from;
  const cover = (until: number) => {
    if (until === covered) return;
    if (reason !== undefined) visitor.range("rejected", covered, until - covered, reason);
    else visitor.range(isZero(bytes, covered, until) ? "free-space" : "slack", covered, until - covered);
  };
  for (let at = nextMagic(bytes, from, to); at >= 0; ) {
    if (!isWhole(bytes, at, to)) {
      at = nextMagic(bytes, at + 1, to);
      continue;
    }
    cover(at);
    const length = u32(bytes, at + 4);
    visitor.record(at, length, true);
    covered = at + length;
    at = nextMagic(bytes, covered, to);
  }
  cover(to);
}

function checkCount(chunk: Chunk, header: ChunkHeader, count: number): void {
  const stated = BigInt(header.lastRecordNumber) - BigInt(header.firstRecordNumber) + 1n;
  if (stated === BigInt(count)) return;
  chunk.report("stale-record-count", 8, `the chunk header states ${stated} records, ${count} are there`);
}

/** The magic of a chunk header. */
export function hasChunkMagic(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0, "ElfChnk\0");
}
