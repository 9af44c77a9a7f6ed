import type { TimeSettings } from "@firebreak/parsers/time/reader";
import type { HuntFile } from "../hunt/files.ts";
import { type RecordFacts, readFacts } from "./read.ts";

export interface TallyOptions {
  readonly files: readonly HuntFile[];
  timeFor(file: HuntFile): TimeSettings;
  /** Only records of this span, half-open; undated ones are then left out. */
  readonly range?: { readonly fromMs: number; readonly toMs: number };
  onNote?(path: string, note: string): void;
  onProgress?(doneBytes: number): void;
}

/** Hands every record of all files to `add`; returns how many were read. */
export function tally(options: TallyOptions, add: (facts: RecordFacts) => void): number {
  const { range } = options;
  let records = 0;
  let doneBytes = 0;
  for (const file of options.files) {
    const result = readFacts(file, options.timeFor(file), (facts) => {
      const isIn =
        range === undefined ||
        (facts.time !== undefined && facts.time.ms >= range.fromMs && facts.time.ms < range.toMs);
      if (isIn) add(facts);
    });
    records += result.records;
    doneBytes += file.bytes;
    for (const note of result.notes) options.onNote?.(file.path, note);
    options.onProgress?.(doneBytes);
  }
  return records;
}
