import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

const blockBytes = 1 << 20;

/** SHA-256 of a file, read once, read-only. */
export function hashFile(file: string): { sha256: string; bytes: number } {
  const handle = openSync(file, "r");
  try {
    const hash = createHash("sha256");
    const block = Buffer.allocUnsafe(blockBytes);
    let bytes = 0;
    for (let read = readSync(handle, block); read > 0; read = readSync(handle, block)) {
      hash.update(block.subarray(0, read));
      bytes += read;
    }
    return { sha256: hash.digest("hex"), bytes };
  } finally {
    closeSync(handle);
  }
}
