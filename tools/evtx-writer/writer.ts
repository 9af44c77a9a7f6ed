import { crc32 } from "node:zlib";
import { writeFragment } from "./binxml.ts";
import { ChunkBuilder, chunkSize } from "./chunk.ts";
import { eventFragments } from "./event.ts";
import type { EvtxRecordSpec, Fragment, RawRecordSpec, WriteOptions } from "./spec.ts";
import { concat } from "./values.ts";

export type * from "./spec.ts";
export { filetimeOf, valueTypeIds } from "./spec.ts";

const headerBlockSize = 4096;

/**
 * Writes a Windows event log. The same records give the same bytes. Throws a RangeError when one record does not fit
 * into a chunk (about 64 KiB).
 *
 * ```ts
 * const bytes = writeEvtx([{
 *   recordId: 1, time: filetimeOf("2024-05-06T07:08:09.1234567Z"),
 *   provider: { name: "Microsoft-Windows-Security-Auditing", guid: "54849625-5478-4994-A5BA-3E3B0328C30D" },
 *   eventId: 4624, channel: "Security", computer: "ws-17.corp.example",
 *   eventData: [{ name: "TargetUserName", value: "m.keller" }, { name: "LogonType", type: "uint32", value: 10 }],
 * }]);
 * ```
 */
export function writeEvtx(
  records: readonly (EvtxRecordSpec | RawRecordSpec)[],
  options: WriteOptions = {},
): Uint8Array {
  const fragmentOf = eventFragments();
  const chunks: Uint8Array[] = [];
  const limit = options.recordsPerChunk ?? Number.POSITIVE_INFINITY;
  let chunk = new ChunkBuilder();
  let nextNumber = 1n;
  const flush = () => {
    if (chunk.recordCount > 0) chunks.push(chunk.finish());
    chunk = new ChunkBuilder();
  };
  for (const record of records) {
    const fragment = "fragment" in record ? record.fragment : fragmentOf(record);
    if (chunk.recordCount >= limit) flush();
    if (!appendRecord(chunk, record, fragment, nextNumber)) {
      flush();
      if (!appendRecord(chunk, record, fragment, nextNumber))
        throw new RangeError(`record ${record.recordId} does not fit into a chunk`);
    }
    nextNumber += 1n;
  }
  flush();
  const lastId = records.length === 0 ? 0n : BigInt(records[records.length - 1]!.recordId);
  return concat([fileHeader(chunks.length, lastId + 1n, options), ...chunks]);
}

/** Appends the record, or leaves the chunk as it was and returns false when there is no room. */
function appendRecord(
  chunk: ChunkBuilder,
  record: { readonly recordId: bigint | number; readonly time: bigint },
  fragment: Fragment,
  number: bigint,
): boolean {
  const start = chunk.position;
  const id = BigInt(record.recordId);
  chunk.mark();
  chunk.u32(0x00002a2a);
  chunk.u32(0);
  chunk.u64(id);
  chunk.u64(record.time);
  writeFragment(chunk, fragment);
  // Records are aligned to 8 bytes; the last four repeat the size.
  while ((chunk.position - start + 4) % 8 !== 0) chunk.u8(0);
  const size = chunk.position - start + 4;
  chunk.u32(size);
  if (chunk.position > chunkSize) {
    chunk.rollback();
    return false;
  }
  chunk.view.setUint32(start + 4, size, true);
  if (chunk.recordCount === 0) {
    chunk.firstId = id;
    chunk.firstNumber = number;
  }
  chunk.lastId = id;
  chunk.lastRecordOffset = start;
  chunk.recordCount += 1;
  return true;
}

function fileHeader(chunkCount: number, nextRecordId: bigint, options: WriteOptions): Uint8Array {
  const bytes = new Uint8Array(headerBlockSize);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("ElfFile\0"));
  view.setBigUint64(16, BigInt(Math.max(0, chunkCount - 1)), true);
  view.setBigUint64(24, nextRecordId, true);
  view.setUint32(32, 128, true);
  view.setUint16(36, options.minorVersion ?? 1, true);
  view.setUint16(38, 3, true);
  view.setUint16(40, headerBlockSize, true);
  view.setUint16(42, chunkCount & 0xffff, true);
  view.setUint32(120, options.flags ?? 0, true);
  view.setUint32(124, crc32(bytes.subarray(0, 120)), true);
  return bytes;
}
