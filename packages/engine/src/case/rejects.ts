import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import type { EventStore } from "../store/store.ts";

interface RejectRow {
  evidence: string;
  offset: number;
  length: number;
  line: number | null;
  reason: string;
}

const flushChars = 1 << 20;

/**
 * Writes every rejected range of a case, one JSON object a line: `{ ref, path, offset, length, line?, reason }`, in order of
 * the evidence's paths and places. Returns how many; without any there is no file.
 */
export async function writeRejects(
  store: EventStore,
  receipts: readonly EvidenceReceipt[],
  file: string,
): Promise<number> {
  rmSync(file, { force: true });
  if (receipts.every(({ rejected }) => rejected === 0)) return 0;
  const handle = openSync(file, "w");
  try {
    let count = 0;
    let pending = "";
    for (const { id, path, format, rejected } of receipts) {
      if (format === "duplicate" || rejected === 0) continue;
      const rows = store.stream<RejectRow>(
        'SELECT * FROM rejects WHERE evidence = $e ORDER BY "offset", length',
        { e: id },
      );
      for await (const { offset, length, line, reason } of rows) {
        const place = { ref: `${id}:${offset}`, path, offset, length };
        pending += `${JSON.stringify({ ...place, ...(line !== null && { line }), reason })}\n`;
        count++;
        if (pending.length > flushChars) {
          writeSync(handle, pending);
          pending = "";
        }
      }
    }
    writeSync(handle, pending);
    return count;
  } finally {
    closeSync(handle);
  }
}
