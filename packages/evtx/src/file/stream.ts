import { startsWith } from "../bytes.ts";
import { Diagnostics, type EvtxDiagnostic, type EvtxDiagnosticCode } from "../diagnostic.ts";
import type { EvtxRecord } from "../record.ts";
import { Chunk, chunkSize } from "./chunk.ts";
import { checkChunkCount, type EvtxHeader, headerBlockSize, parseHeader } from "./header.ts";
import { type EvtxOptions, readChunk } from "./read-chunk.ts";

/**
 * Reads a log as its bytes arrive, for what cannot be read twice: a download, a pipe, a member of an archive. One chunk is
 * in memory at a time. Never throws for bad data; an error of the input itself is passed on.
 *
 * ```ts
 * const log = openEvtxStream(createReadStream("Security.evtx"));
 * for await (const record of log.records()) console.log(record.eventId, record.timeCreated);
 * ```
 */
export function openEvtxStream(input: AsyncIterable<Uint8Array>, options: EvtxOptions = {}): EvtxStream {
  return new EvtxStream(input, options);
}

/** A log that arrives: `for await (const record of log.records())`, once. A chunk (64 KiB) is in memory at a time. */
export class EvtxStream {
  /** undefined before the first record, and when the log does not begin as one. */
  header: EvtxHeader | undefined;
  private readonly input: AsyncIterable<Uint8Array>;
  private readonly options: EvtxOptions;
  private readonly problems = new Diagnostics();

  constructor(input: AsyncIterable<Uint8Array>, options: EvtxOptions) {
    this.input = input;
    this.options = options;
  }

  /** What was found wrong so far; grows while records are read and decoded. At most 256 of one code. */
  get diagnostics(): readonly EvtxDiagnostic[] {
    return this.problems.list;
  }

  /** Exact numbers of diagnostics per code. */
  get diagnosticCounts(): ReadonlyMap<EvtxDiagnosticCode, number> {
    return this.problems.counts;
  }

  /** The records in order. The input can be read once. */
  async *records(): AsyncGenerator<EvtxRecord> {
    let offset = 0;
    let count = 0;
    for await (const bytes of blocksOf(this.input)) {
      const isHeader = offset === 0 && !startsWith(bytes, 0, "ElfChnk\0");
      if (offset === 0) this.header = parseHeader(bytes, this.problems);
      if (!isHeader) {
        const chunk = new Chunk(bytes, offset, count++, this.problems);
        const records: EvtxRecord[] = [];
        readChunk(chunk, this.options, (record) => records.push(record), undefined);
        yield* records;
      }
      offset += bytes.length;
    }
    if (offset === 0) this.header = parseHeader(new Uint8Array(0), this.problems);
    checkChunkCount(this.header, count, this.problems);
  }
}

/** The header block, when there is one, then chunks of 64 KiB; the last may be cut. */
async function* blocksOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let block = new Uint8Array(chunkSize);
  let filled = 0;
  let wanted = 0;
  for await (const bytes of input) {
    for (let at = 0; at < bytes.length; ) {
      const limit = wanted === 0 ? headerBlockSize : wanted;
      const taken = Math.min(bytes.length - at, limit - filled);
      block.set(bytes.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < limit) continue;
      const isHeader = wanted === 0 && !startsWith(block, 0, "ElfChnk\0");
      wanted = chunkSize;
      if (!isHeader && filled < chunkSize) continue;
      yield block.subarray(0, filled);
      block = new Uint8Array(chunkSize);
      filled = 0;
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}
