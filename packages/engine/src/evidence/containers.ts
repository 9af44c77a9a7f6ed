import { createReadStream, openAsBlob } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { BlobReader, configure, type Entry, ZipReader } from "@zip.js/zip.js";
import { extract } from "tar-stream";
import type { ContainerKind } from "./container-kind.ts";
import type { Spool, Spooled, SpoolWriter } from "./spool.ts";

configure({ useWebWorkers: false });

export interface Member extends Spooled {
  name: string;
  modifiedMs?: number;
  notes: string[];
}

export interface MemberFault {
  name: string;
  reason: string;
  next: string;
}

export type Expanded = { member: Member } | { fault: MemberFault };

/** Kinds that Firebreak names but does not open. */
const unopened = new Set<ContainerKind>(["7z", "bzip2", "xz", "rar"]);

/** Spools every member of a container. Faults are values: a broken member never hides its neighbours. */
export async function* expandContainer(
  file: string,
  kind: ContainerKind,
  options: { name: string; bytes: number; passwords: readonly string[]; spool: Spool },
): AsyncGenerator<Expanded> {
  if (unopened.has(kind)) {
    yield {
      fault: {
        name: "",
        reason: `${kind} archives are not opened`,
        next: "extract it and add the folder to the paths",
      },
    };
  } else if (kind === "zip") yield* expandZip(file, options);
  else if (kind === "tar") yield* expandTar(file, options);
  else yield await expandStream(file, kind, options);
}

function faultOf(name: string, error: unknown): Expanded {
  const message = error instanceof Error ? error.message : String(error);
  const full = (error as NodeJS.ErrnoException).code === "ENOSPC";
  if (full) throw error;
  return {
    fault: { name, reason: message, next: "check the archive with another tool; the other members are read" },
  };
}

async function expandStream(
  file: string,
  kind: ContainerKind,
  options: { name: string; bytes: number; spool: Spool },
): Promise<Expanded> {
  const name = options.name.replace(/\.(gz|tgz|zst|zstd)$/i, (_, end: string) =>
    end.toLowerCase() === "tgz" ? ".tar" : "",
  );
  const writer = options.spool.open(options.bytes);
  const notes: string[] = [];
  try {
    const decompress = kind === "gzip" ? createGunzip() : createZstdDecompress();
    await pipeline(createReadStream(file), decompress, async (chunks) => {
      try {
        for await (const chunk of chunks as AsyncIterable<Buffer>) writer.write(chunk);
      } catch (error) {
        // A truncated or damaged stream: what came out before the damage is evidence.
        if (
          (error as { code?: string }).code?.startsWith("Z_") ||
          (error as { code?: string }).code?.startsWith("ZSTD")
        ) {
          notes.push(`damaged ${kind} stream: read up to the damage (${(error as Error).message})`);
        } else throw error;
      }
    });
  } catch (error) {
    if (notes.length === 0 && !isStreamDamage(error)) {
      writer.abort();
      return faultOf(name, error);
    }
    if (notes.length === 0)
      notes.push(`damaged ${kind} stream: read up to the damage (${(error as Error).message})`);
  }
  return { member: { name, notes, ...writer.close() } };
}

function isStreamDamage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? "";
  return code.startsWith("Z_") || code.startsWith("ZSTD") || code === "ERR_STREAM_PREMATURE_CLOSE";
}

async function* expandZip(
  file: string,
  options: { passwords: readonly string[]; spool: Spool },
): AsyncGenerator<Expanded> {
  // Names are labels here and never paths, so a name that points outside is read like any other.
  const reader = new ZipReader(new BlobReader(await openAsBlob(file)), { filenameValidation: "tolerant" });
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (!entry.directory) yield await expandZipEntry(entry, options);
    }
  } catch (error) {
    yield faultOf("", error);
  } finally {
    await reader.close();
  }
}

async function expandZipEntry(
  entry: Entry,
  options: { passwords: readonly string[]; spool: Spool },
): Promise<Expanded> {
  const name = entry.filename.replaceAll("\\", "/");
  const notes = /(^|\/)\.\.(\/|$)|^\/|^[A-Za-z]:/.test(name)
    ? ["the member's name points outside the archive; it is only a label here"]
    : [];
  const passwords: (string | undefined)[] = entry.encrypted ? [...options.passwords] : [undefined];
  let last: unknown = new Error("encrypted, and no password was given");
  for (const password of passwords) {
    const writer = options.spool.open(entry.compressedSize);
    try {
      await readZipEntry(entry, writer, password);
      const modifiedMs = entry.lastModDate?.getTime();
      return { member: { name, notes, ...(modifiedMs !== undefined && { modifiedMs }), ...writer.close() } };
    } catch (error) {
      writer.abort();
      last = error;
    }
  }
  if (entry.encrypted) {
    return {
      fault: {
        name,
        reason: `encrypted member: no password fits (${(last as Error).message})`,
        next: "give the password with --password",
      },
    };
  }
  return faultOf(name, last);
}

async function readZipEntry(entry: Entry, writer: SpoolWriter, password: string | undefined): Promise<void> {
  const sink = new WritableStream<Uint8Array>({ write: (chunk) => writer.write(chunk) });
  if (!("getData" in entry) || !entry.getData) throw new Error("the member has no data");
  await entry.getData(
    sink,
    password === undefined ? { checkSignature: true } : { password, checkSignature: true },
  );
}

async function* expandTar(file: string, options: { bytes: number; spool: Spool }): AsyncGenerator<Expanded> {
  const entries = extract();
  const feeding = pipeline(createReadStream(file), entries).catch((error: unknown) => error);
  try {
    for await (const entry of entries) {
      const { name, type, mtime } = entry.header;
      if (type !== "file" && type !== "contiguous-file") {
        entry.resume();
        if (type !== "directory") {
          yield {
            fault: {
              name,
              reason: `a ${type} inside a tar, not followed`,
              next: "collect the file that it points to",
            },
          };
        }
        continue;
      }
      const writer = options.spool.open(options.bytes);
      try {
        for await (const chunk of entry as AsyncIterable<Buffer>) writer.write(chunk);
      } catch (error) {
        writer.abort();
        throw error;
      }
      yield { member: { name, notes: [], ...(mtime && { modifiedMs: mtime.getTime() }), ...writer.close() } };
    }
  } catch (error) {
    yield faultOf("", error);
  }
  const failure = await feeding;
  if (failure instanceof Error && (failure as { code?: string }).code !== "ERR_STREAM_PREMATURE_CLOSE")
    yield faultOf("", failure);
}
