import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "./detection.ts";

interface Entry {
  readonly ms: number;
  readonly ns: number;
  /** Order of arrival: decides between equal times. */
  readonly order: number;
  readonly line: string;
}

export interface LineSorter {
  add(line: string, time: Instant | undefined): void;
  /** Gives all lines by time; the undated last, in their order. */
  finish(write: (line: string) => void): void;
  close(): void;
}

/** Lines kept in memory before they go to a file, and bytes read ahead of each file. */
const heldCharsMax = 32 << 20;
const readBytes = 1 << 18;
/** Entries of one merge: more files than this are merged in rounds. */
const mergeMax = 64;

/** Sorts any number of lines by time in bounded memory: sorted runs in files of `dir`, then a merge. */
export function createLineSorter(dir: string, heldChars = heldCharsMax): LineSorter {
  let held: Entry[] = [];
  let chars = 0;
  let order = 0;
  let runs: Run[] = [];
  let made = 0;

  const spill = (entries: Iterable<Entry>): Run => new Run(join(dir, `run-${made++}`), entries);
  const spillHeld = () => {
    runs.push(spill(held.sort(compareEntries)));
    held = [];
    chars = 0;
    if (runs.length >= mergeMax) {
      const merged = spill(merge(runs));
      for (const run of runs) run.close();
      runs = [merged];
    }
  };
  return {
    add(line, time) {
      const { ms, ns } = time ?? undated;
      held.push({ ms, ns, order: order++, line });
      chars += line.length + 48;
      if (chars >= heldChars) spillHeld();
    },
    finish(write) {
      held.sort(compareEntries);
      for (const { line } of runs.length === 0 ? held : merge([...runs, held])) write(line);
      held = [];
    },
    close() {
      for (const run of runs) run.close();
      runs = [];
    },
  };
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

/** A sorted run in a file, read once from its start. */
class Run implements Iterable<Entry> {
  readonly #handle: number;

  constructor(file: string, entries: Iterable<Entry>) {
    this.#handle = openSync(file, "wx+", 0o600);
    let parts: Buffer[] = [];
    let size = 0;
    const flush = () => {
      writeAll(this.#handle, Buffer.concat(parts));
      parts = [];
      size = 0;
    };
    for (const { ms, ns, order, line } of entries) {
      const text = Buffer.from(line);
      const head = Buffer.alloc(headBytes);
      head.writeDoubleLE(ms, 0);
      head.writeDoubleLE(ns, 8);
      head.writeDoubleLE(order, 16);
      head.writeUInt32LE(text.length, 24);
      parts.push(head, text);
      size += headBytes + text.length;
      if (size >= readBytes) flush();
    }
    flush();
  }

  *[Symbol.iterator](): Generator<Entry> {
    let bytes: Buffer = Buffer.alloc(0);
    let at = 0;
    let position = 0;
    const fill = (wanted: number): boolean => {
      if (bytes.length - at >= wanted) return true;
      const more = Buffer.allocUnsafe(Math.max(readBytes, wanted));
      const count = readSync(this.#handle, more, 0, more.length, position);
      position += count;
      bytes = Buffer.concat([bytes.subarray(at), more.subarray(0, count)]);
      at = 0;
      return bytes.length >= wanted;
    };
    while (fill(headBytes)) {
      const length = bytes.readUInt32LE(at + 24);
      if (!fill(headBytes + length)) return;
      const ms = bytes.readDoubleLE(at);
      const ns = bytes.readDoubleLE(at + 8);
      const order = bytes.readDoubleLE(at + 16);
      const line = bytes.toString("utf8", at + headBytes, at + headBytes + length);
      at += headBytes + length;
      yield { ms, ns, order, line };
    }
  }

  close(): void {
    closeSync(this.#handle);
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}
