import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { getOrMake } from "@firebreak/model/collections";
import type { CollectOptions } from "../evidence/collect.ts";
import { containerKind } from "../evidence/containers/kind.ts";
import { hashFile } from "../evidence/hash.ts";
import type { EvidenceFault } from "../evidence/item.ts";
import { openSource } from "../evidence/source.ts";
import { walkPaths } from "../evidence/walk.ts";

/** One file to hunt in. */
export interface HuntFile {
  /** As the user gave it, "archive.zip!/inner.evtx" for a member. */
  readonly path: string;
  /** Where the bytes are read from. */
  readonly file: string;
  readonly bytes: number;
  readonly modifiedMs?: number;
  readonly isEvtx: boolean;
}

export interface HuntFiles {
  readonly files: readonly HuntFile[];
  readonly duplicates: readonly { readonly path: string; readonly of: string }[];
  readonly faults: readonly EvidenceFault[];
}

/**
 * Finds what to hunt in, sorted by path. Unlike a case's collection it does not hash what it finds: only files of one
 * size are compared, so that the same log given twice is read once.
 */
export async function findHuntFiles(paths: readonly string[], options: CollectOptions): Promise<HuntFiles> {
  const found = walkPaths(paths);
  const files: FoundLog[] = [];
  const duplicates: { path: string; of: string }[] = [];
  const faults = [...found.faults];
  for (const { path, modifiedMs } of found.files) {
    try {
      const { head, size } = readHead(path);
      if (containerKind(head) === undefined) {
        files.push({ path, file: path, bytes: size, modifiedMs, ...kindOf(head) });
        continue;
      }
      const { collectEvidence } = await import("../evidence/collect.ts");
      const inner = await collectEvidence([path], options);
      faults.push(...inner.faults);
      for (const { item, of } of inner.duplicates) duplicates.push({ path: item.path, of: of.path });
      for (const item of inner.items) files.push({ ...place(item), ...kindOf(readHead(item.file).head) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw error;
      const next = "check the file's permissions, then run again";
      faults.push({ path, reason: (error as Error).message, next });
    }
  }
  const kept = withoutTwins(files, duplicates);
  return { files: kept.map(({ start: _start, ...file }) => file), duplicates, faults };
}

function place(item: { path: string; file: string; bytes: number; modifiedMs?: number }) {
  const { path, file, bytes, modifiedMs } = item;
  return { path, file, bytes, ...(modifiedMs === undefined ? {} : { modifiedMs }) };
}

/** A file with a checksum of its first bytes. */
interface FoundLog extends HuntFile {
  readonly start: number;
}

/** The header block of an event log and the header of its first chunk, which has checksums of the records in it. */
const headBytes = 4096 + 512;
const headBuffer = Buffer.allocUnsafeSlow(headBytes);

/** The bytes are valid until the next call. */
function readHead(file: string): { head: Uint8Array; size: number } {
  const handle = openSync(file, "r");
  try {
    const length = readSync(handle, headBuffer, 0, headBytes, 0);
    return { head: headBuffer.subarray(0, length), size: fstatSync(handle).size };
  } finally {
    closeSync(handle);
  }
}

function kindOf(bytes: Uint8Array): Pick<FoundLog, "isEvtx" | "start"> {
  return { isEvtx: isEvtx(bytes), start: crc32(bytes) };
}

function withoutTwins(files: FoundLog[], duplicates: { path: string; of: string }[]): FoundLog[] {
  // Logs of one size are common (Windows fills them up to a limit); nearly all differ in their first bytes.
  const alike = groupBy(files, ({ bytes, start }) => `${bytes} ${start}`).flatMap((group) =>
    group.length === 1 ? [] : groupBy(group, (file) => endsOf(file)),
  );
  const twins = new Set<FoundLog>();
  for (const group of alike) {
    if (group.length === 1) continue;
    const known = new Map<string, string>();
    for (const file of group) {
      const { sha256 } = hashFile(file.file);
      const of = known.get(sha256);
      if (of === undefined) known.set(sha256, file.path);
      else {
        duplicates.push({ path: file.path, of });
        twins.add(file);
      }
    }
  }
  return files.filter((file) => !twins.has(file));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) getOrMake(groups, keyOf(item), () => []).push(item);
  return [...groups.values()];
}

const endBytes = 65_536;

function endsOf({ file, bytes }: HuntFile): string {
  const source = openSource(file);
  try {
    const hash = createHash("sha256").update(source.read(0, endBytes));
    return hash.update(source.read(Math.max(0, bytes - endBytes), endBytes)).digest("hex");
  } finally {
    source.close();
  }
}

function isEvtx(head: Uint8Array): boolean {
  const magic = Buffer.from(head.subarray(0, 8)).toString("latin1");
  return magic === "ElfFile\0" || magic === "ElfChnk\0";
}
