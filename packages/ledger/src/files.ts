import * as fs from "node:fs";
import { join } from "node:path";
import { canonicalJson, type JsonValue } from "./canonical.ts";
import { emptyHead, isDigest, type LedgerEntry, type LedgerHead, lineBytesMax, readEntry } from "./entry.ts";
import { LedgerError } from "./problem.ts";

export const ledgerName = "ledger.jsonl";
export const headName = "ledger.head";

const ledgerBytesMax = 1024 * 1024 * 1024;
const newline = 10;

/** One stored line: its entry, or the fault that keeps it from being one. */
export interface ScannedLine {
  readonly line: number;
  readonly offset: number;
  readonly entry?: LedgerEntry;
  readonly fault?: string;
}

/** The ledger file as it lies on disk. `torn` is what follows the last newline. */
export interface Scan {
  readonly lines: ScannedLine[];
  readonly torn?: { readonly line: number; readonly offset: number; readonly bytes: Buffer };
  readonly bytes: number;
}

/** The head file: `next` is the hash of an entry that was about to be written. */
export interface StoredHead extends LedgerHead {
  readonly next?: string;
}

export function scanLedger(dir: string): Scan {
  const content = readIfThere(join(dir, ledgerName));
  const lines: ScannedLine[] = [];
  let offset = 0;
  while (offset < content.length) {
    const end = content.indexOf(newline, offset);
    if (end < 0) {
      const torn = { line: lines.length + 1, offset, bytes: content.subarray(offset) };
      return { lines, torn, bytes: content.length };
    }
    lines.push(scanLine(content.subarray(offset, end), lines.length + 1, offset));
    offset = end + 1;
  }
  return { lines, bytes: content.length };
}

function scanLine(bytes: Buffer, line: number, offset: number): ScannedLine {
  if (bytes.length >= lineBytesMax) return { line, offset, fault: "it is longer than any entry can be" };
  const read = readEntry(bytes);
  return "fault" in read ? { line, offset, fault: read.fault } : { line, offset, entry: read };
}

function readIfThere(path: string): Buffer {
  try {
    const { size } = fs.statSync(path);
    if (size > ledgerBytesMax)
      throw new LedgerError("ledger-too-large", `${path} has ${size} bytes; the limit is ${ledgerBytesMax}`);
    return fs.readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return Buffer.alloc(0);
    throw error;
  }
}

/** The head as stored, "missing", or "unreadable" when its bytes are not what `writeHead` writes. */
export function readHead(dir: string): StoredHead | "missing" | "unreadable" {
  const content = readIfThere(join(dir, headName));
  if (content.length === 0) return fs.existsSync(join(dir, headName)) ? "unreadable" : "missing";
  try {
    const head = JSON.parse(content.toString("utf8")) as StoredHead;
    const isHead =
      Number.isSafeInteger(head.seq) &&
      (head.seq > 0 ? isDigest(head.hash) : head.seq === 0 && head.hash === emptyHead.hash) &&
      (head.next === undefined || isDigest(head.next));
    return isHead && content.equals(headBytes(head)) ? head : "unreadable";
  } catch {
    return "unreadable";
  }
}

/** Replaces the head file in one step, so that a crash leaves the old one or the new one. */
export function writeHead(dir: string, head: StoredHead): void {
  const temporary = join(dir, `${headName}.new`);
  writeDurably(temporary, headBytes(head), "w");
  fs.renameSync(temporary, join(dir, headName));
  syncFolder(dir);
}

function headBytes(head: StoredHead): Buffer {
  const { seq, hash, next } = head;
  const value: JsonValue = next === undefined ? { hash, seq } : { hash, next, seq };
  return Buffer.from(`${canonicalJson(value)}\n`, "utf8");
}

/** Writes all bytes and returns only when the disk has them. `flags` as in `open`: "a" appends, "wx" must not exist. */
export function writeDurably(path: string, bytes: Buffer, flags: "a" | "w" | "wx"): void {
  const file = fs.openSync(path, flags, 0o600);
  try {
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(file, bytes, done);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** A new name in a folder is durable only once the folder is synced; Windows has no such call and needs none. */
export function syncFolder(dir: string): void {
  if (process.platform === "win32") return;
  const folder = fs.openSync(dir, "r");
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}
