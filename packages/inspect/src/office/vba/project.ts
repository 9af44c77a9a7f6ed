/** The modules of a VBA project and their source ([MS-OVBA] 2.3.4). */
import { indexOf, slice, u16, u32, utf16 } from "../../bytes.ts";
import type { CfbEntry } from "../../cfb.ts";
import { decodeCodepage } from "../../codepage.ts";
import type { Storage } from "../storage.ts";
import { decompressVba } from "./decompress.ts";

export interface VbaModule {
  readonly name: string;
  readonly streamName: string;
  readonly source: string;
  /** What precedes the source: the compiled program, which Office runs when its version fits. */
  readonly cache: Uint8Array;
  readonly isWhole: boolean;
}

export interface VbaProject {
  readonly modules: readonly VbaModule[];
  /** Streams that should hold a module and do not give one. */
  readonly unreadable: readonly string[];
  readonly codepage: number;
  /** Names that the compiled program uses, as `_VBA_PROJECT` stores them; empty when there is none. */
  readonly compiled: Uint8Array;
}

interface ModuleRecord {
  name: string;
  stream: string;
  offset: number;
}

const modulesMax = 2000;

/** Reads the project whose `VBA` storage is given. Never throws. */
export function readVbaProject(vba: Storage): VbaProject {
  const packed = vba.readPath("dir");
  const dir = packed === undefined ? undefined : decompressVba(packed);
  const { records, codepage } = readDir(dir?.bytes ?? new Uint8Array());
  const modules: VbaModule[] = [];
  const unreadable: string[] = [];
  const taken = new Set<string>();
  for (const record of records) {
    const entry = vba.find(record.stream) ?? vba.find(record.name);
    if (entry === undefined || taken.has(entry.path)) continue;
    taken.add(entry.path);
    const module = readModule(vba, entry, record.name, record.offset, codepage);
    if (module === undefined) unreadable.push(entry.name);
    else modules.push(module);
  }
  // A dir stream that is damaged, or leaves a module out, must not hide it.
  for (const entry of vba.streams()) {
    if (taken.has(entry.path) || /^(?:dir|_VBA_PROJECT|__SRP_[0-9a-f]+)$/i.test(entry.name)) continue;
    const module = readModule(vba, entry, entry.name, undefined, codepage);
    if (module !== undefined) modules.push(module);
  }
  return { modules, unreadable, codepage, compiled: vba.readPath("_VBA_PROJECT") ?? new Uint8Array() };
}

/** Records of two-byte id, four-byte size and data; one of them states a size that is two bytes short (2.3.4.2.1.11). */
function readDir(bytes: Uint8Array): { records: ModuleRecord[]; codepage: number } {
  const records: ModuleRecord[] = [];
  let codepage = 1252;
  let current: ModuleRecord | undefined;
  for (let at = 0; at + 6 <= bytes.length && records.length < modulesMax; ) {
    const id = u16(bytes, at);
    const size = id === 0x09 ? 6 : u32(bytes, at + 2);
    const data = slice(bytes, at + 6, at + 6 + size);
    at += 6 + size;
    if (id === 0x03) codepage = u16(data, 0);
    else if (id === 0x19) {
      current = { name: decodeCodepage(data, codepage), stream: "", offset: 0 };
      records.push(current);
    } else if (current === undefined) continue;
    else if (id === 0x47) current.name = utf16(data) || current.name;
    else if (id === 0x1a) current.stream = decodeCodepage(data, codepage);
    else if (id === 0x32) current.stream = utf16(data) || current.stream;
    else if (id === 0x31) current.offset = u32(data, 0);
  }
  return { records, codepage };
}

/** Every module's source begins with its attributes: "Attribut" as seven literals and more behind one flag byte. */
function findContainer(bytes: Uint8Array): number {
  const at = indexOf(bytes, "\0Attribut");
  return at >= 3 && bytes[at - 3] === 1 ? at - 3 : -1;
}

function readModule(
  vba: Storage,
  entry: CfbEntry,
  name: string,
  offset: number | undefined,
  codepage: number,
): VbaModule | undefined {
  const bytes = vba.read(entry);
  const stated = offset === undefined ? undefined : decompressVba(bytes, offset);
  const start = stated !== undefined && stated.bytes.length > 0 ? offset! : findContainer(bytes);
  const source = start === offset ? stated : start < 0 ? undefined : decompressVba(bytes, start);
  if (source === undefined) return undefined;
  return {
    name,
    streamName: entry.name,
    source: decodeCodepage(source.bytes, codepage).replaceAll("\r\n", "\n"),
    cache: slice(bytes, 0, start),
    isWhole: source.isWhole,
  };
}
