import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "./detection.ts";

interface Entry {
  readonly ms: number;
  readonly ns: number;
  /** Order of arrival: decides between equal times. */
  readonly order: number;
  /** UTF-8. */
  readonly bytes: Uint8Array;
}

export interface LineSorter {
  add(line: string, time: Instant | undefined): void;
  /** Gives all lines by time; the undated last, in their order. */
  finish(write: (line: string) => void): void;
  close(): void;
}

/** Lines kept in memory before they go to a file, and bytes read ahead of each file. */
const heldBytesMax = 16 << 20;
const readBytes = 1 << 18;
/** Entries of one merge: more files than this are merged in rounds. */
const mergeMax = 64;
const utf8BytesPerUnit = 3;

/**
 * Sorts any number of lines by time in bounded memory: sorted runs in files of `dir`, then a merge. Held lines are bytes in one
 * buffer: as strings they would survive the first collections of garbage, and the heap would grow around them.
 */
export function createLineSorter(dir: string, heldBytes = heldBytesMax): LineSorter {
  const buffer = Buffer.allocUnsafeSlow(heldBytes);
  let used = 0;
  let held: Entry[] = [];
  let order = 0;
  let runs: Run[] = [];
  let made = 0;

  const spill = (entries: Iterable<Entry>) => {
    runs.push(new Run(join(dir, `run-${made++}`), entries));
    if (runs.length < mergeMax) return;
    const merged = new Run(join(dir, `run-${made++}`), merge(runs));
    for (const run of runs) run.close();
    runs = [merged];
  };
  const spillHeld = () => {
    if (held.length > 0) spill(held.sort(compareEntries));
    held = [];
    used = 0;
  };
  return {
    add(line, time) {
      const { ms, ns } = time ?? undated;
      const most = line.length * utf8BytesPerUnit;
      if (used + most > heldBytes) spillHeld();
      if (most > heldBytes) {
        spill([{ ms, ns, order: order++, bytes: Buffer.from(line) }]);
        return;
      }
      const start = used;
      used += buffer.write(line, start);
      held.push({ ms, ns, order: order++, bytes: buffer.subarray(start, used) });
    },
    finish(write) {
      held.sort(compareEntries);
      for (const { bytes } of runs.length === 0 ? held : merge([...runs, held])) write(textOf(bytes));
      held = [];
    },
    close() {
      for (const run of runs) run.close();
      runs = [];
    },
  };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

const undated: Instant = { ms: Number.MAX_VALUE, ns: 0 };

function compareEntries(a: Entry, b: Entry): number {
  return a.ms - b.ms || a.ns - b.ns || a.order - b.order;
}

function* merge(inputs: readonly Iterable<Entry>[]): Generator<Entry> {
  const heads = inputs.flatMap((input) => {
    const rest = input[Symbol.iterator]();
    const first = rest.next();
    return first.done ? [] : [{ entry: first.value, rest }];
  });
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i++) {
      if (compareEntries(heads[i]!.entry, heads[least]!.entry) < 0) least = i;
    }
    const head = heads[least]!;
    yield head.entry;
    const next = head.rest.next();
    if (next.done) heads.splice(least, 1);
    else head.entry = next.value;
  }
}

/** Head of an entry in a file: milliseconds, nanoseconds and order as doubles, then the line's length. */
const headBytes = 28;

/** A sorted run in a file, read once from its start. An entry is valid until the next one is asked for. */
class Run implements Iterable<Entry> {
  readonly #handle: number;

  constructor(file: string, entries: Iterable<Entry>) {
    this.#handle = openSync(file, "wx+", 0o600);
    const out = Buffer.allocUnsafeSlow(readBytes);
    let used = 0;
    const flush = () => {
      writeAll(this.#handle, out.subarray(0, used));
      used = 0;
    };
    for (const { ms, ns, order, bytes } of entries) {
      if (used + headBytes + bytes.length > out.length) flush();
      out.writeDoubleLE(ms, used);
      out.writeDoubleLE(ns, used + 8);
      out.writeDoubleLE(order, used + 16);
      out.writeUInt32LE(bytes.length, used + 24);
      used += headBytes;
      if (used + bytes.length > out.length) {
        flush();
        writeAll(this.#handle, bytes);
      } else {
        out.set(bytes, used);
        used += bytes.length;
      }
    }
    flush();
  }

  *[Symbol.iterator](): Generator<Entry> {
    let buffer: Buffer = Buffer.allocUnsafeSlow(readBytes);
    let at = 0;
    let end = 0;
    let position = 0;
    const fill = (wanted: number): boolean => {
      if (end - at >= wanted) return true;
      const rest = buffer.subarray(at, end);
      if (wanted > buffer.length) buffer = Buffer.allocUnsafeSlow(wanted);
      buffer.set(rest);
      end -= at;
      at = 0;
      while (end < wanted) {
        const count = readSync(this.#handle, buffer, end, buffer.length - end, position);
        if (count === 0) return false;
        position += count;
        end += count;
      }
      return true;
    };
    while (fill(headBytes)) {
      const length = buffer.readUInt32LE(at + 24);
      if (!fill(headBytes + length)) return;
      const ms = buffer.readDoubleLE(at);
      const ns = buffer.readDoubleLE(at + 8);
      const order = buffer.readDoubleLE(at + 16);
      const bytes = buffer.subarray(at + headBytes, at + headBytes + length);
      at += headBytes + length;
      yield { ms, ns, order, bytes };
    }
  }

  close(): void {
    closeSync(this.#handle);
  }
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}
