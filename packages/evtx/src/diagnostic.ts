/** Stable codes of the problems that a log can have. */
export type EvtxDiagnosticCode =
  | "not-evtx"
  | "bad-header"
  | "bad-header-checksum"
  | "dirty"
  | "full"
  | "stale-chunk-count"
  | "truncated-chunk"
  | "bad-chunk-magic"
  | "empty-chunk"
  | "bad-chunk-header-checksum"
  | "bad-chunk-checksum"
  | "bad-free-space-offset"
  | "stale-record-count"
  | "bad-record-magic"
  | "bad-record-size"
  | "zero-size-record"
  | "truncated-record"
  | "size-copy-mismatch"
  | "bad-binxml"
  | "missing-template"
  | "depth-limit"
  | "output-limit";

/** A located problem. Reading goes on after it; nothing is thrown for bad data. */
export interface EvtxDiagnostic {
  readonly code: EvtxDiagnosticCode;
  /** Byte offset in the file. */
  readonly offset: number;
  readonly message: string;
}

/** How many diagnostics of one code are kept; all are counted. */
const keptPerCode = 256;

/** Collects diagnostics. The list is bounded per code, the counts are exact. */
export class Diagnostics {
  readonly list: EvtxDiagnostic[] = [];
  readonly counts = new Map<EvtxDiagnosticCode, number>();

  add(code: EvtxDiagnosticCode, offset: number, message: string): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count <= keptPerCode) this.list.push({ code, offset, message });
  }
}
