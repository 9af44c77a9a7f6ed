/** Headers, sections, imports and exports of a PE file ([PE/COFF] 3 to 6). Never throws. */
import { cString, u16, u32 } from "../bytes.ts";
import { ordinalName } from "./ordinals.ts";

export interface PeSection {
  readonly name: string;
  readonly virtualAddress: number;
  readonly virtualSize: number;
  readonly at: number;
  readonly size: number;
  readonly isExecutable: boolean;
  readonly isWritable: boolean;
}

export interface PeImport {
  readonly library: string;
  readonly functions: readonly string[];
}

export interface PeImage {
  readonly isWide: boolean;
  readonly machine: number;
  readonly timestamp: number;
  readonly characteristics: number;
  readonly subsystem: number;
  readonly entryPoint: number;
  readonly headerAt: number;
  readonly sections: readonly PeSection[];
  /** Address and size of the 16 data directories; the address of the fifth is a file offset. */
  readonly directories: readonly { readonly address: number; readonly size: number }[];
  /** Offset of a virtual address in the file, or -1. */
  offsetOf(address: number): number;
}

const sectionsMax = 256;
const librariesMax = 2000;
const functionsMax = 100_000;

export function readPe(bytes: Uint8Array): PeImage {
  const headerAt = u32(bytes, 0x3c);
  const coff = headerAt + 4;
  const optional = coff + 20;
  const isWide = u16(bytes, optional) === 0x20b;
  const directoryAt = optional + (isWide ? 112 : 96);
  const directoryCount = Math.min(u32(bytes, directoryAt - 4), 16);
  const sections = readSections(
    bytes,
    optional + u16(bytes, coff + 16),
    Math.min(u16(bytes, coff + 2), sectionsMax),
  );
  const directories = Array.from({ length: 16 }, (_, i) =>
    i < directoryCount
      ? { address: u32(bytes, directoryAt + 8 * i), size: u32(bytes, directoryAt + 8 * i + 4) }
      : { address: 0, size: 0 },
  );
  const headersSize = u32(bytes, optional + 60);
  return {
    isWide,
    machine: u16(bytes, coff),
    timestamp: u32(bytes, coff + 4),
    characteristics: u16(bytes, coff + 18),
    subsystem: u16(bytes, optional + 68),
    entryPoint: u32(bytes, optional + 16),
    headerAt,
    sections,
    directories,
    offsetOf(address) {
      const section = sections.find(
        ({ virtualAddress, virtualSize, size }) =>
          address >= virtualAddress && address < virtualAddress + Math.max(virtualSize, size),
      );
      if (section === undefined) return address < headersSize && address < bytes.length ? address : -1;
      const offset = section.at + (address - section.virtualAddress);
      return offset < bytes.length ? offset : -1;
    },
  };
}

function readSections(bytes: Uint8Array, from: number, count: number): PeSection[] {
  const sections: PeSection[] = [];
  for (let i = 0; i < count && from + 40 * (i + 1) <= bytes.length; i++) {
    const at = from + 40 * i;
    const flags = u32(bytes, at + 36);
    sections.push({
      name: cString(bytes, at, 8),
      virtualSize: u32(bytes, at + 8),
      virtualAddress: u32(bytes, at + 12),
      size: u32(bytes, at + 16),
      // Windows rounds the offset down to a sector.
      at:
        Math.floor(u32(bytes, at + 20) / 512) * 512 === 0
          ? u32(bytes, at + 20)
          : u32(bytes, at + 20) & ~0x1ff,
      isExecutable: (flags & 0x20000000) !== 0,
      isWritable: (flags & 0x80000000) !== 0,
    });
  }
  return sections;
}

/** [PE/COFF] 6.4: descriptors of 20 bytes; names by the look-up table, or by the address table where that is missing. */
export function readImports(bytes: Uint8Array, image: PeImage): PeImport[] {
  const imports: PeImport[] = [];
  const start = image.offsetOf(image.directories[1]!.address);
  if (image.directories[1]!.address === 0 || start < 0) return imports;
  let total = 0;
  for (let at = start; at + 20 <= bytes.length && imports.length < librariesMax; at += 20) {
    const names = u32(bytes, at + 12);
    const lookup = u32(bytes, at) || u32(bytes, at + 16);
    if (names === 0 || (lookup === 0 && u32(bytes, at + 16) === 0)) break;
    const nameAt = image.offsetOf(names);
    if (nameAt < 0) continue;
    const library = cString(bytes, nameAt, 512);
    if (!isName(library)) continue;
    const functions = readFunctions(bytes, image, { library, lookup, budget: functionsMax - total });
    total += functions.length;
    imports.push({ library, functions });
    if (total >= functionsMax) break;
  }
  return imports;
}

function readFunctions(
  bytes: Uint8Array,
  image: PeImage,
  { library, lookup, budget }: { library: string; lookup: number; budget: number },
): string[] {
  const functions: string[] = [];
  const step = image.isWide ? 8 : 4;
  for (
    let at = image.offsetOf(lookup);
    at >= 0 && at + step <= bytes.length && functions.length < budget;
    at += step
  ) {
    const low = u32(bytes, at);
    const high = image.isWide ? u32(bytes, at + 4) : low;
    if (low === 0 && (image.isWide ? high === 0 : true)) break;
    if ((high & 0x80000000) !== 0) functions.push(ordinalName(library, low & 0xffff));
    else {
      const nameAt = image.offsetOf(low & 0x7fffffff);
      const name = nameAt < 0 ? "" : cString(bytes, nameAt + 2, 512);
      if (!isName(name)) break;
      functions.push(name);
    }
  }
  return functions;
}

function isName(text: string): boolean {
  return text !== "" && /^[\x21-\x7e]+$/.test(text);
}

/** [PE/COFF] 6.3. */
export function readExports(
  bytes: Uint8Array,
  image: PeImage,
): { name: string; functions: string[]; count: number } | undefined {
  const at = image.offsetOf(image.directories[0]!.address);
  if (image.directories[0]!.address === 0 || at < 0) return undefined;
  const count = u32(bytes, at + 24);
  const table = image.offsetOf(u32(bytes, at + 32));
  const nameAt = image.offsetOf(u32(bytes, at + 12));
  const functions: string[] = [];
  for (let i = 0; table >= 0 && i < Math.min(count, 500); i++) {
    const textAt = image.offsetOf(u32(bytes, table + 4 * i));
    if (textAt >= 0) functions.push(cString(bytes, textAt, 256));
  }
  return { name: nameAt < 0 ? "" : cString(bytes, nameAt, 256), functions, count };
}

/** Runtime version of a .NET program ([ECMA-335] II.24.2.1), when it is one. */
export function dotnetVersion(bytes: Uint8Array, image: PeImage): string | undefined {
  const at = image.offsetOf(image.directories[14]!.address);
  if (image.directories[14]!.address === 0 || at < 0) return undefined;
  const metadata = image.offsetOf(u32(bytes, at + 8));
  if (metadata < 0 || u32(bytes, metadata) !== 0x424a5342) return "unknown";
  return cString(bytes, metadata + 16, Math.min(u32(bytes, metadata + 12), 64));
}

/** Where the sections end: what follows is no part of the program as Windows loads it. */
export function overlayStart(bytes: Uint8Array, image: PeImage): number {
  const ends = image.sections.filter(({ size }) => size > 0).map(({ at, size }) => at + size);
  return Math.min(bytes.length, Math.max(image.headerAt + 24, ...ends));
}
