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

const windowBytes = 1 << 20;

/**
 * The same for one pass over a large file by a reader that keeps nothing of what it was given: what `read` returns is valid
 * until the next `read`. Large reads into one buffer are cheaper than many buffers.
 */
export function openPassSource(file: string): ByteSource & { close(): void } {
  const source = openSource(file);
  const handle = openSync(file, "r");
  const window = Buffer.allocUnsafeSlow(Math.min(windowBytes, source.size));
  let start = 0;
  let filled = 0;
  const fill = (offset: number) => {
    start = offset;
    filled = 0;
    while (filled < window.length) {
      const read = readSync(handle, window, filled, window.length - filled, offset + filled);
      if (read === 0) break;
      filled += read;
    }
  };
  return {
    size: source.size,
    read(offset, length) {
      if (length > window.length) return source.read(offset, length);
      const isThere = offset >= start && offset + length <= start + filled;
      if (!isThere) fill(offset);
      return window.subarray(offset - start, Math.min(offset - start + length, filled));
    },
    close() {
      source.close();
      closeSync(handle);
    },
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
