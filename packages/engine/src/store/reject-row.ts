import type { SegmentWriter } from "./segment.ts";

/** Writes one rejected record as a row in the order of `rejectColumns`. */
export function writeReject(
  segment: SegmentWriter,
  evidence: string,
  reject: { offset: number; length: number; line?: number; reason: string },
): void {
  const out = segment.row;
  out.cell(evidence);
  out.separator();
  out.integer(reject.offset);
  out.separator();
  out.integer(reject.length);
  out.separator();
  if (reject.line !== undefined) out.integer(reject.line);
  out.separator();
  out.cell(reject.reason);
  segment.endRow();
}
