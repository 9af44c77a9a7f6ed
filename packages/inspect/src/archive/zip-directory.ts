/**
 * The directory of a ZIP file, read without unpacking: enough to say what kind of package it is, and to recover members of a
 * file whose central directory is lost (APPNOTE.TXT 4.3).
 */
import { inflateRawSync } from "node:zlib";
import { hasAt, indexOf, latin1, slice, u16, u32 } from "../bytes.ts";

export interface ZipEntryHead {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly compressedBytes: number;
  readonly plainBytes: number;
  /** Offset of the local header. */
  readonly at: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntryHead[];
  /** False when the central directory is lost and the entries come from local headers. */
  readonly isWhole: boolean;
  /** Bytes before the first local header, which the directory's offsets leave out. */
  readonly prefixBytes: number;
  /** Bytes after the end of the directory and its comment. */
  readonly trailingBytes: number;
}

const entriesMax = 20_000;

export function readZipDirectory(bytes: Uint8Array): ZipDirectory {
  const end = findEnd(bytes);
  if (end >= 0) {
    const size = u32(bytes, end + 12);
    const claimed = u32(bytes, end + 16);
    const start = claimed === 0xffffffff ? -1 : end - size;
    const prefixBytes = start >= claimed ? start - claimed : 0;
    const entries = readCentral(bytes, hasAt(bytes, "PK\x01\x02", start) ? start : claimed, prefixBytes);
    const trailingBytes = Math.max(0, bytes.length - (end + 22 + u16(bytes, end + 20)));
    if (entries.length > 0 || u16(bytes, end + 10) === 0)
      return { entries, isWhole: true, prefixBytes, trailingBytes };
  }
  return { entries: readLocal(bytes), isWhole: false, prefixBytes: 0, trailingBytes: 0 };
}

/** The content of a stored or deflated, unencrypted entry, `max` bytes at most; cut content gives what is there. */
export function readZipEntry(bytes: Uint8Array, entry: ZipEntryHead, max: number): Uint8Array | undefined {
  const from = entry.at + 30 + u16(bytes, entry.at + 26) + u16(bytes, entry.at + 28);
  if (entry.isEncrypted || !hasAt(bytes, "PK\x03\x04", entry.at)) return undefined;
  const raw = slice(bytes, from, entry.compressedBytes > 0 ? from + entry.compressedBytes : bytes.length);
  if (entry.method === 0) return slice(raw, 0, max);
  if (entry.method !== 8) return undefined;
  try {
    return new Uint8Array(inflateRawSync(raw, { maxOutputLength: max, finishFlush: 2 }));
  } catch {
    return undefined;
  }
}

/** The end record stands in the last 64 KiB; the last one with a directory before it counts. */
function findEnd(bytes: Uint8Array): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 66_000); at--) {
    if (bytes[at] === 0x50 && hasAt(bytes, "PK\x05\x06", at)) return at;
  }
  return -1;
}

function readCentral(bytes: Uint8Array, start: number, prefixBytes: number): ZipEntryHead[] {
  const entries: ZipEntryHead[] = [];
  let at = start;
  while (hasAt(bytes, "PK\x01\x02", at) && entries.length < entriesMax) {
    const nameBytes = u16(bytes, at + 28);
    entries.push({
      name: latin1(bytes, at + 46, at + 46 + nameBytes),
      method: u16(bytes, at + 10),
      isEncrypted: (u16(bytes, at + 8) & 1) !== 0,
      compressedBytes: u32(bytes, at + 20),
      plainBytes: u32(bytes, at + 24),
      at: u32(bytes, at + 42) + prefixBytes,
    });
    at += 46 + nameBytes + u16(bytes, at + 30) + u16(bytes, at + 32);
  }
  return entries;
}

function readLocal(bytes: Uint8Array): ZipEntryHead[] {
  const entries: ZipEntryHead[] = [];
  let at = indexOf(bytes, "PK\x03\x04");
  while (at >= 0 && entries.length < entriesMax) {
    const nameBytes = u16(bytes, at + 26);
    if (at + 30 + nameBytes > bytes.length) break;
    const hasDescriptor = (u16(bytes, at + 6) & 8) !== 0;
    const compressedBytes = hasDescriptor ? 0 : u32(bytes, at + 18);
    entries.push({
      name: latin1(bytes, at + 30, at + 30 + nameBytes),
      method: u16(bytes, at + 8),
      isEncrypted: (u16(bytes, at + 6) & 1) !== 0,
      compressedBytes,
      plainBytes: u32(bytes, at + 22),
      at,
    });
    at = indexOf(bytes, "PK\x03\x04", at + 30 + nameBytes + Math.min(compressedBytes, bytes.length));
  }
  return entries;
}
