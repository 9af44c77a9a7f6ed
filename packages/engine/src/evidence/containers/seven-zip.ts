import { readFileSync } from "node:fs";
import type { ArchiveReader, LibarchiveWasm } from "libarchive-wasm";
import { type Expanded, type ExpandOptions, faultOf, notesOfName } from "./expanded.ts";

/** The archive and the window of its compression lie in the module's memory, which has an end. */
const maxArchiveBytes = 1 << 30;
const pieceBytes = 1 << 20;

/** 7-Zip and RAR archives, read by libarchive in a WebAssembly module of its own. Encrypted ones it cannot read. */
export async function* expandSevenZip(file: string, options: ExpandOptions): AsyncGenerator<Expanded> {
  if (options.bytes > maxArchiveBytes) {
    yield unopened("", "archives of this kind are opened up to 1 GiB");
    return;
  }
  let reader: ArchiveReader | undefined;
  try {
    const library = await import("libarchive-wasm");
    const libarchive = await library.libarchiveWasm();
    const bytes = readFileSync(file);
    reader = new library.ArchiveReader(
      libarchive,
      new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    );
    yield* membersOf(reader, libarchive, options);
  } catch (error) {
    yield faultOf("", error);
  } finally {
    reader?.free();
  }
}

function* membersOf(
  reader: ArchiveReader,
  libarchive: LibarchiveWasm,
  options: ExpandOptions,
): Generator<Expanded> {
  let count = 0;
  for (let at = reader.nextEntryPointer(); at !== 0; at = reader.nextEntryPointer()) {
    count++;
    const type = reader.getEntryFiletype(at);
    if (type === "Directory") continue;
    const name = reader.getEntryPathname(at).replaceAll("\\", "/");
    if (type !== "File") yield unopened(name, `a ${type} inside an archive, not followed`);
    else if (reader.isEntryEncrypted(at)) yield unopened(name, "encrypted member of a 7z or RAR archive");
    else yield memberOf(reader, name, reader.getEntryModificationTime(at), options);
  }
  const fault = libarchive.error_string(reader.archive);
  if (fault) yield unopened("", fault);
  else if (count === 0) yield unopened("", "no member could be read: the archive is empty or damaged");
}

function memberOf(
  reader: ArchiveReader,
  name: string,
  modifiedMs: number,
  { bytes, spool }: ExpandOptions,
): Expanded {
  const writer = spool.open(bytes);
  try {
    for (let piece = reader.readData(pieceBytes); piece.length > 0; piece = reader.readData(pieceBytes))
      writer.write(new Uint8Array(piece.buffer, piece.byteOffset, piece.length));
  } catch (error) {
    writer.abort();
    return faultOf(name, error);
  }
  return {
    member: { name, notes: notesOfName(name), ...(modifiedMs > 0 && { modifiedMs }), ...writer.close() },
  };
}

function unopened(name: string, reason: string): Expanded {
  return { fault: { name, reason, next: "extract it and add the folder to the paths" } };
}
