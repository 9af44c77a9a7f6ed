/** Writes small PE files ([PE/COFF]): one section of code, one of data with imports. */
import { bytes, le16, le32, pad } from "./bytes.ts";

export interface PeSpec {
  /** Library to functions; a number imports by ordinal. */
  readonly imports?: Readonly<Record<string, readonly (string | number)[]>>;
  readonly sectionName?: string;
  readonly code?: Uint8Array;
  readonly overlay?: Uint8Array;
  readonly isLibrary?: boolean;
}

const dataAddress = 0x2000;

export function pe({
  imports = {},
  sectionName = ".text",
  code = new Uint8Array(512),
  overlay = bytes(),
  isLibrary = false,
}: PeSpec = {}): Uint8Array {
  const text = pad(code, 512);
  const data = pad(importTable(imports), 512);
  const section = (name: string, size: number, address: number, at: number, flags: number) =>
    bytes(
      name.padEnd(8, "\0"),
      le32(size),
      le32(address),
      le32(size),
      le32(at),
      new Uint8Array(12),
      le32(flags),
    );
  const hasImports = Object.keys(imports).length > 0;
  const directories = Array.from({ length: 16 }, (_, i) =>
    i === 1 && hasImports ? bytes(le32(dataAddress), le32(data.length)) : new Uint8Array(8),
  );
  const optional = bytes(
    le16(0x10b),
    [14, 0],
    le32(text.length),
    le32(data.length),
    le32(0),
    le32(0x1000),
    le32(0x1000),
    le32(dataAddress),
    le32(0x400000),
    le32(0x1000),
    le32(0x200),
    new Uint8Array(16),
    le32(0x4000),
    le32(0x400),
    le32(0),
    le16(3),
    le16(0),
    new Uint8Array(20),
    le32(16),
    ...directories,
  );
  const headers = bytes(
    "MZ",
    new Uint8Array(58),
    le32(0x40),
    "PE\0\0",
    le16(0x14c),
    le16(2),
    le32(0x5f000000),
    le32(0),
    le32(0),
    le16(optional.length),
    le16(isLibrary ? 0x2102 : 0x102),
    optional,
    section(sectionName, text.length, 0x1000, 0x400, 0x60000020),
    section(".rdata", data.length, dataAddress, 0x400 + text.length, 0x40000040),
  );
  return bytes(pad(headers, 0x400), text, data, overlay);
}

/** Descriptors, then look-up tables, then names; all of them in one section. */
function importTable(imports: NonNullable<PeSpec["imports"]>): Uint8Array {
  const libraries = Object.entries(imports);
  let at = 20 * (libraries.length + 1);
  const place = (content: Uint8Array) => {
    const address = dataAddress + at;
    blobs.push(content);
    at += content.length;
    return address;
  };
  const blobs: Uint8Array[] = [];
  const descriptors = libraries.map(([library, functions]) => {
    const entries = functions.map((item) =>
      typeof item === "number" ? le32((0x80000000 | item) >>> 0) : le32(place(bytes(le16(0), item, 0))),
    );
    const table = place(bytes(...entries, le32(0)));
    return bytes(le32(table), le32(0), le32(0), le32(place(bytes(library, 0))), le32(table));
  });
  return bytes(...descriptors, new Uint8Array(20), ...blobs);
}
