import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "@firebreak/model/format";

/** Random access to an evidence file, opened read-only. Close it when done. */
export function openSource(file: string): ByteSource & { close(): void } {
  const handle = openSync(file, "r");
  const size = fstatSync(handle).size;
  return {
    size,
    read: (offset, length) => readNew(handle, offset, Math.min(length, size - offset)),
    close: () => closeSync(handle),
  };
}

/** Large enough for few reads, small enough to be still in a core's cache when it is parsed. */
const windowBytes = 1 << 18;
/** The window of the last source that was closed: small files come by the hundred. */
let spareWindow: Buffer | undefined;

/**
 * The same for one pass over a large file by a reader that keeps nothing of what it was given: what `read` returns is valid
 * until the next `read` or `close`. Large reads into one buffer are cheaper than many buffers.
 */
export function openPassSource(file: string): ByteSource & { close(): void } {
  const handle = openSync(file, "r");
  const size = fstatSync(handle).size;
  const window = spareWindow ?? Buffer.allocUnsafeSlow(windowBytes);
  spareWindow = undefined;
  let start = 0;
  let filled = 0;
  const fill = (offset: number) => {
    start = offset;
    filled = readFully(handle, window, offset, Math.min(windowBytes, Math.max(0, size - offset)));
  };
  return {
    size,
    read(offset, length) {
      if (length > windowBytes) return readNew(handle, offset, Math.min(length, size - offset));
      const isThere = offset >= start && offset + length <= start + filled;
      if (!isThere) fill(offset);
      return window.subarray(offset - start, Math.min(offset - start + length, filled));
    },
    close() {
      spareWindow = window;
      closeSync(handle);
    },
  };
}

/** Bytes of a buffer of their own; fewer where the file has become shorter. */
function readNew(handle: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Math.max(0, length));
  const done = readFully(handle, bytes, offset, bytes.length);
  return done === bytes.length ? bytes : bytes.subarray(0, done);
}

function readFully(handle: number, into: Buffer, offset: number, wanted: number): number {
  let done = 0;
  while (done < wanted) {
    const read = readSync(handle, into, done, wanted - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return done;
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
