import type { TimeSettings } from "@firebreak/parsers/time/reader";
import type { HuntFile } from "./files.ts";
import type { Part } from "./scan.ts";

const headerBytes = 4096;
const chunkBytes = 65_536;
/** Chunks of one part of a large event log: some milliseconds of work, and few detections to keep in order. */
const partChunks = 64;
/** Small files are handed out together up to this many bytes. */
const taskBytes = 1 << 20;
const taskParts = 64;

/** Work in the order of its output: each task is done by one thread. */
export function makeTasks(
  files: readonly HuntFile[],
  timeFor: (file: HuntFile) => TimeSettings,
): (readonly Part[])[] {
  const tasks: Part[][] = [];
  let open: Part[] = [];
  let openBytes = 0;
  const close = () => {
    if (open.length > 0) tasks.push(open);
    open = [];
    openBytes = 0;
  };
  for (const file of files) {
    const time = timeFor(file);
    const chunks = Math.ceil(Math.max(0, file.bytes - headerBytes) / chunkBytes);
    if (file.isEvtx && chunks > partChunks) {
      close();
      // One chunk more than the size tells: bare chunks have no header block before them.
      for (let from = 0; from <= chunks; from += partChunks) {
        tasks.push([{ file, time, fromChunk: from, toChunk: from + partChunks }]);
      }
      continue;
    }
    if (openBytes + file.bytes > taskBytes || open.length >= taskParts) close();
    open.push({ file, time });
    openBytes += file.bytes;
  }
  close();
  return tasks;
}
