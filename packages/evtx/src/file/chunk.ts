import { definitionHeaderSize, definitionSize, type Plan, planOfDefinition } from "../binxml/plan.ts";
import { u32, u64Number } from "../bytes.ts";
import type { Diagnostics, EvtxDiagnosticCode } from "../diagnostic.ts";

export const chunkSize = 65_536;
export const chunkHeaderSize = 512;

/** A chunk's bytes with the templates met in it. All offsets in binary XML are relative to the chunk. */
export class Chunk {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Byte offset of the chunk in the file. */
  readonly fileOffset: number;
  /** 0-based position in the file. */
  readonly index: number;
  private readonly diagnostics: Diagnostics;
  private readonly plans = new Map<number, Plan | undefined>();
  /** Bytes of definitions that may still be scanned: honest ones do not overlap, so a chunk's length is enough. */
  private scanAllowance = 16 * chunkSize;
  /** Characters that records of this chunk may still render to: small crafted ones can share a template of megabytes. */
  renderAllowance = 1 << 26;

  constructor(bytes: Uint8Array, fileOffset: number, index: number, diagnostics: Diagnostics) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.fileOffset = fileOffset;
    this.index = index;
    this.diagnostics = diagnostics;
  }

  /** `at` is relative to the chunk, the diagnostic's offset to the file. */
  report(code: EvtxDiagnosticCode, at: number, message: string): void {
    this.diagnostics.add(code, this.fileOffset + at, message);
  }

  /** The plan of the template definition at an offset; undefined when there is none. */
  planAt(offset: number): Plan | undefined {
    const known = this.plans.get(offset);
    if (known !== undefined || this.plans.has(offset)) return known;
    const plan = this.scanAllowance > 0 ? planOfDefinition(this.bytes, this.view, offset) : undefined;
    this.scanAllowance -= definitionSize(this.bytes, offset);
    this.plans.set(offset, plan);
    if (plan === undefined) {
      this.report(
        "missing-template",
        Math.min(offset, this.bytes.length),
        "a template definition is missing",
      );
    } else if (plan.problem !== undefined) {
      this.report(plan.problem, offset + definitionHeaderSize, "a template definition is damaged");
    }
    return plan;
  }
}

/** What the header of a chunk states. Nothing of it is needed to read the records. */
export interface ChunkHeader {
  readonly firstRecordNumber: number | bigint;
  readonly lastRecordNumber: number | bigint;
  readonly firstRecordId: number | bigint;
  readonly lastRecordId: number | bigint;
  readonly headerSize: number;
  readonly lastRecordOffset: number;
  readonly freeSpaceOffset: number;
  readonly recordsChecksum: number;
  readonly flags: number;
  readonly headerChecksum: number;
}

export function parseChunkHeader(bytes: Uint8Array): ChunkHeader {
  return {
    firstRecordNumber: u64Number(bytes, 8),
    lastRecordNumber: u64Number(bytes, 16),
    firstRecordId: u64Number(bytes, 24),
    lastRecordId: u64Number(bytes, 32),
    headerSize: u32(bytes, 40),
    lastRecordOffset: u32(bytes, 44),
    freeSpaceOffset: u32(bytes, 48),
    recordsChecksum: u32(bytes, 52),
    flags: u32(bytes, 120),
    headerChecksum: u32(bytes, 124),
  };
}
