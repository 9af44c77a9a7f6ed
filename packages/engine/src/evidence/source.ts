import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "@firebreak/model/format";

/** Random access to an evidence file, opened read-only. Close it when done. */
export function openSource(file: string): ByteSource & { close(): void } {
  const handle = openSync(file, "r");
  const size = fstatSync(handle).size;
  return {
    size,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = Buffer.allocUnsafeSlow(wanted);
      let done = 0;
      while (done < wanted) {
        const read = readSync(handle, bytes, done, wanted - done, offset + done);
        if (read === 0) break;
        done += read;
      }
      return done === wanted ? bytes : bytes.subarray(0, done);
    },
    close: () => closeSync(handle),
  };
}

/** The first 512 bytes of a file: enough to tell a container or an EVTX log. */
export function readStart(file: string): Uint8Array {
  const handle = openSync(file, "r");
  try {
    const bytes = new Uint8Array(512);
    return bytes.subarray(0, readSync(handle, bytes));
  } finally {
    closeSync(handle);
  }
}
