/**
 * Compound files ([MS-CFB]): directory and streams of a file that may lie about all of it. Chains are followed at most as
 * far as the file has sectors; a damaged chain gives what was read until then and says so.
 */
import { compareText } from "@firebreak/model/collections";
import { concat, guidAt, hasAt, slice, u16, u32, u64, utf16 } from "./bytes.ts";

export interface CfbEntry {
  readonly name: string;
  /** From the root, joined by "/"; the root itself is "". */
  readonly path: string;
  readonly kind: "root" | "storage" | "stream";
  readonly size: number;
  readonly clsid: string;
  /** Sector, or mini sector, where it starts. */
  readonly start: number;
}

export interface Cfb {
  readonly entries: readonly CfbEntry[];
  readonly root: CfbEntry;
  /** What is damaged, in words. */
  readonly faults: readonly string[];
  /** The stream at this path, without regard to case; nothing when there is none. */
  find(path: string): CfbEntry | undefined;
  /** Content of a stream; cut where its chain breaks. */
  read(entry: CfbEntry): Uint8Array;
  readPath(path: string): Uint8Array | undefined;
  /** Sectors that no chain uses are not read; this is where the last used one ends. */
  readonly usedEnd: number;
}

const endOfChain = 0xfffffffa;
const entriesMax = 65_536;
const nullClsid = "00000000-0000-0000-0000-000000000000";

export function isCfb(bytes: Uint8Array): boolean {
  return hasAt(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
}

/** Reads the directory. Never throws; a file that is no compound file has a root and nothing else. */
export function openCfb(bytes: Uint8Array): Cfb {
  return new CfbFile(bytes);
}

class CfbFile implements Cfb {
  readonly entries: CfbEntry[] = [];
  readonly faults: string[] = [];
  readonly root: CfbEntry;
  readonly #bytes: Uint8Array;
  readonly #sectorBytes: number;
  readonly #sectorCount: number;
  readonly #miniCutoff: number;
  readonly #fat: Uint32Array;
  readonly #miniFat: Uint32Array;
  readonly #mini: Uint8Array;
  readonly #byPath = new Map<string, CfbEntry>();
  usedEnd = 512;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const shift = u16(bytes, 30);
    // [MS-CFB] 2.2: 9 or 12; anything else is a damaged header, and 9 is the usual.
    this.#sectorBytes = shift === 12 ? 4096 : 512;
    if (shift !== 9 && shift !== 12) this.faults.push(`sector shift ${shift}`);
    this.#sectorCount = Math.max(0, Math.ceil(bytes.length / this.#sectorBytes) - 1);
    this.#miniCutoff = u32(bytes, 56) || 4096;
    this.#fat = this.#readFat();
    const directory = this.#chain(u32(bytes, 48), "the directory");
    const raw = readDirectory(directory, shift === 12);
    const rootRaw = raw[0];
    this.#miniFat = numbers(this.#chain(u32(bytes, 60), "the mini FAT", u32(bytes, 64)));
    this.#mini = rootRaw === undefined ? new Uint8Array() : this.#chain(rootRaw.start, "the mini stream");
    this.root = {
      name: rootRaw?.name ?? "",
      path: "",
      kind: "root",
      size: 0,
      clsid: rootRaw?.clsid ?? nullClsid,
      start: 0,
    };
    this.#walk(raw);
  }

  find(path: string): CfbEntry | undefined {
    return this.#byPath.get(path.toLowerCase());
  }

  readPath(path: string): Uint8Array | undefined {
    const entry = this.find(path);
    return entry?.kind === "stream" ? this.read(entry) : undefined;
  }

  read(entry: CfbEntry): Uint8Array {
    if (entry.size === 0) return new Uint8Array();
    if (entry.size < this.#miniCutoff) return this.#miniChain(entry);
    const content = this.#chain(entry.start, entry.path, Math.ceil(entry.size / this.#sectorBytes));
    if (content.length < entry.size)
      this.#fault(`${entry.path} has ${content.length} of ${entry.size} bytes`);
    return slice(content, 0, entry.size);
  }

  #fault(words: string): void {
    if (this.faults.length < 50 && !this.faults.includes(words)) this.faults.push(words);
  }

  #sector(number: number): Uint8Array {
    const from = (number + 1) * this.#sectorBytes;
    return slice(this.#bytes, from, from + this.#sectorBytes);
  }

  /** [MS-CFB] 2.5: the first 109 FAT sectors stand in the header, further ones in the DIFAT chain. */
  #readFat(): Uint32Array {
    const places: number[] = [];
    for (let i = 0; i < 109; i++) places.push(u32(this.#bytes, 76 + 4 * i));
    const perSector = this.#sectorBytes / 4 - 1;
    const seen = new Set<number>();
    for (let at = u32(this.#bytes, 68); at < this.#sectorCount && !seen.has(at); ) {
      seen.add(at);
      const sector = this.#sector(at);
      for (let i = 0; i < perSector; i++) places.push(u32(sector, 4 * i));
      at = u32(sector, 4 * perSector);
    }
    const chunks: Uint8Array[] = [];
    const used = new Set<number>();
    for (const place of places) {
      if (place >= this.#sectorCount || used.has(place)) continue;
      used.add(place);
      const sector = this.#sector(place);
      if (sector.length < this.#sectorBytes) this.#fault("a FAT sector is cut off");
      chunks.push(sector);
    }
    return numbers(concat(chunks));
  }

  #chain(start: number, what: string, sectorsMax = this.#sectorCount): Uint8Array {
    const chunks: Uint8Array[] = [];
    const limit = Math.min(sectorsMax, this.#sectorCount);
    let at = start;
    while (at < endOfChain && chunks.length < limit) {
      if (at >= this.#sectorCount) {
        this.#fault(`the chain of ${what} leaves the file`);
        break;
      }
      const sector = this.#sector(at);
      chunks.push(sector);
      this.usedEnd = Math.max(this.usedEnd, (at + 2) * this.#sectorBytes);
      if (at >= this.#fat.length) {
        this.#fault(`the chain of ${what} has no entry in the FAT`);
        break;
      }
      at = this.#fat[at]!;
    }
    return concat(chunks);
  }

  #miniChain(entry: CfbEntry): Uint8Array {
    const chunks: Uint8Array[] = [];
    const limit = Math.ceil(entry.size / 64);
    for (let at = entry.start; at < endOfChain && chunks.length < limit; ) {
      const sector = slice(this.#mini, at * 64, at * 64 + 64);
      if (sector.length === 0) break;
      chunks.push(sector);
      if (at >= this.#miniFat.length) break;
      at = this.#miniFat[at]!;
    }
    const content = slice(concat(chunks), 0, entry.size);
    if (content.length < entry.size)
      this.#fault(`${entry.path} has ${content.length} of ${entry.size} bytes`);
    return content;
  }

  /** Paths by the tree of siblings and children; entries that no tree reaches are kept under their bare name. */
  #walk(raw: readonly (RawEntry | undefined)[]): void {
    const reached = new Set<number>([0]);
    const stack: { at: number; parent: string }[] = [{ at: raw[0]?.child ?? 0xffffffff, parent: "" }];
    while (stack.length > 0) {
      const { at, parent } = stack.pop()!;
      const entry = raw[at];
      if (entry === undefined || reached.has(at)) continue;
      reached.add(at);
      stack.push({ at: entry.left, parent }, { at: entry.right, parent });
      const path = parent === "" ? entry.name : `${parent}/${entry.name}`;
      this.#add(entry, path);
      if (entry.kind === "storage") stack.push({ at: entry.child, parent: path });
    }
    raw.forEach((entry, at) => {
      if (entry === undefined || reached.has(at) || at === 0) return;
      this.#fault(`the entry ${entry.name} hangs in no tree`);
      this.#add(entry, entry.name);
    });
    this.entries.sort((a, b) => compareText(a.path, b.path));
  }

  #add(entry: RawEntry, path: string): void {
    const { name, kind, size, clsid, start } = entry;
    const made: CfbEntry = { name, path, kind: kind === "root" ? "storage" : kind, size, clsid, start };
    this.entries.push(made);
    if (!this.#byPath.has(path.toLowerCase())) this.#byPath.set(path.toLowerCase(), made);
  }
}

interface RawEntry {
  name: string;
  kind: CfbEntry["kind"];
  left: number;
  right: number;
  child: number;
  clsid: string;
  start: number;
  size: number;
}

/** [MS-CFB] 2.6: entries of 128 bytes. */
function readDirectory(bytes: Uint8Array, isVersion4: boolean): (RawEntry | undefined)[] {
  const entries: (RawEntry | undefined)[] = [];
  for (let at = 0; at + 128 <= bytes.length && entries.length < entriesMax; at += 128) {
    const kind = { 1: "storage", 2: "stream", 5: "root" }[bytes[at + 66]!] as RawEntry["kind"] | undefined;
    const nameBytes = Math.min(u16(bytes, at + 64), 64);
    const name = utf16(bytes, at, at + Math.max(0, nameBytes - 2)).replaceAll("\0", "");
    if (kind === undefined || (name === "" && kind !== "root")) {
      entries.push(undefined);
      continue;
    }
    entries.push({
      name,
      kind,
      left: u32(bytes, at + 68),
      right: u32(bytes, at + 72),
      child: u32(bytes, at + 76),
      clsid: guidAt(bytes, at + 80),
      start: u32(bytes, at + 116),
      // Version 3 writers leave rubbish in the upper half ([MS-CFB] 2.6.1).
      size: isVersion4 ? u64(bytes, at + 120) : u32(bytes, at + 120),
    });
  }
  return entries;
}

function numbers(bytes: Uint8Array): Uint32Array {
  const count = bytes.length >> 2;
  const values = new Uint32Array(count);
  for (let i = 0; i < count; i++) values[i] = u32(bytes, 4 * i);
  return values;
}
