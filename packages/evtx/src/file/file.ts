import { CellFinder, type RecordSieve } from "../binxml/cells.ts";
import { startsWith } from "../bytes.ts";
import { Diagnostics, type EvtxDiagnostic, type EvtxDiagnosticCode } from "../diagnostic.ts";
import type { EvtxRecord } from "../record.ts";
import { JsonLines } from "../render/json-text.ts";
import { Chunk, chunkSize } from "./chunk.ts";
import { checkChunkCount, type EvtxHeader, headerBlockSize, parseHeader } from "./header.ts";
import { type EvtxOptions, type RecordVisitor, readChunk, type Sifting } from "./read-chunk.ts";
import { type EvtxSource, sourceOf } from "./source.ts";
import type { EvtxRange } from "./walk.ts";

/** Chunks are independent of each other: the natural unit of parallel work. Half-open, 0-based. */
export interface ChunkRange {
  readonly fromChunk?: number;
  readonly toChunk?: number;
}

export interface ReadOptions extends ChunkRange {
  /** Told, in file order, of every stretch of bytes that is no record. */
  readonly onRange?: (range: EvtxRange) => void;
  /** Looks at most records before they are made; those that it does not let through are not visited. */
  readonly sieve?: RecordSieve;
}

/**
 * Opens a Windows event log. Never throws for bad data: what is wrong stands in `diagnostics`.
 *
 * ```ts
 * const file = openEvtx(readFileSync("Security.evtx"));
 * file.forEachRecord((record) => {
 *   if (record.eventId === 4625) console.log(record.timeCreated, record.get("EventData.TargetUserName"));
 * });
 * ```
 */
export function openEvtx(input: Uint8Array | EvtxSource, options: EvtxOptions = {}): EvtxFile {
  return new EvtxFile(sourceOf(input), options);
}

/**
 * An opened event log. Records are read when they are asked for, a chunk (64 KiB) in memory at a time; offsets and lengths are
 * bytes of the file. Nothing here throws for what the file holds.
 */
export class EvtxFile {
  /** undefined when the file does not begin as an event log. */
  readonly header: EvtxHeader | undefined;
  /** Chunks that the size has room for, a cut one at the end included. */
  readonly chunkCount: number;
  private readonly source: EvtxSource;
  private readonly options: EvtxOptions;
  private readonly problems = new Diagnostics();
  /** Where the chunks begin: 0 when the input is bare chunks. */
  private readonly chunksStart: number;

  constructor(source: EvtxSource, options: EvtxOptions) {
    this.source = source;
    this.options = options;
    const block = source.read(0, Math.min(headerBlockSize, source.size));
    this.chunksStart = startsWith(block, 0, "ElfChnk\0") ? 0 : Math.min(headerBlockSize, source.size);
    this.chunkCount = Math.ceil((source.size - this.chunksStart) / chunkSize);
    this.header = parseHeader(block, this.problems);
    checkChunkCount(this.header, this.chunkCount, this.problems);
  }

  /** What was found wrong so far; grows while records are read and decoded. At most 256 of one code. */
  get diagnostics(): readonly EvtxDiagnostic[] {
    return this.problems.list;
  }

  /** Exact numbers of diagnostics per code. */
  get diagnosticCounts(): ReadonlyMap<EvtxDiagnosticCode, number> {
    return this.problems.counts;
  }

  /** The records in file order, a chunk in memory at a time. */
  *records(range: ChunkRange = {}): Generator<EvtxRecord> {
    const batch: EvtxRecord[] = [];
    for (
      let index = range.fromChunk ?? 0;
      index < Math.min(range.toChunk ?? this.chunkCount, this.chunkCount);
      index++
    ) {
      batch.length = 0;
      this.readChunk(index, (record) => batch.push(record), undefined);
      yield* batch;
    }
  }

  /** Calls `visit` for every record in file order; the fastest way to read. */
  forEachRecord(visit: RecordVisitor, options: ReadOptions = {}): void {
    const from = options.fromChunk ?? 0;
    const to = Math.min(options.toChunk ?? this.chunkCount, this.chunkCount);
    if (from === 0 && this.chunksStart > 0) {
      options.onRange?.(
        this.header === undefined
          ? { kind: "rejected", offset: 0, length: this.chunksStart, reason: "no event log header" }
          : { kind: "file-header", offset: 0, length: this.chunksStart },
      );
    }
    const { sieve, onRange } = options;
    const sifting = sieve === undefined ? undefined : { sieve, finder: new CellFinder(sieve) };
    for (let index = from; index < to; index++) this.readChunk(index, visit, onRange, sifting);
  }

  /**
   * Every record as a line of JSON in UTF-8, in file order: the fastest way to all of a log. `write` gets many lines at a time;
   * the bytes are valid during the call, which must ask no record for JSON. Returns the number of records.
   */
  writeJson(write: (bytes: Uint8Array) => void, range: ChunkRange = {}): number {
    const lines = new JsonLines(write);
    let count = 0;
    this.forEachRecord((record) => {
      record.addJson(lines);
      count++;
    }, range);
    lines.flush();
    return count;
  }

  /** Every byte of the file once, in order, and what it is. Records are not decoded. */
  accounting(): EvtxRange[] {
    const ranges: EvtxRange[] = [];
    const quiet = new EvtxFile(this.source, { ...this.options, checksums: false });
    quiet.forEachRecord(
      (record) => {
        const kind = record.recovered ? "recovered-record" : "record";
        ranges.push({ kind, offset: record.offset, length: record.length });
      },
      { onRange: (range) => ranges.push(range) },
    );
    return ranges;
  }

  private readChunk(
    index: number,
    visit: RecordVisitor,
    onRange: ((range: EvtxRange) => void) | undefined,
    sifting?: Sifting,
  ): void {
    const fileOffset = this.chunksStart + index * chunkSize;
    const bytes = this.source.read(fileOffset, Math.min(chunkSize, this.source.size - fileOffset));
    readChunk(new Chunk(bytes, fileOffset, index, this.problems), this.options, visit, onRange, sifting);
  }
}
