import { createReadStream, statSync } from "node:fs";
import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from "node:zlib";
import { ContainerLimitError } from "../limits.ts";
import { type Expanded, type ExpandOptions, faultOf } from "./expanded.ts";

export type StreamKind = "gzip" | "zstd" | "xz" | "bzip2";

/** One compressed file. A truncated or damaged stream gives what came out before the damage, and says so. */
export async function expandStream(
  file: string,
  kind: StreamKind,
  options: ExpandOptions,
): Promise<Expanded> {
  const name = innerName(options.name);
  const writer = options.spool.open(options.bytes);
  const notes: string[] = [];
  try {
    for await (const chunk of await decompressed(file, kind)) writer.write(chunk);
  } catch (error) {
    if (!isDamage(error)) {
      writer.abort();
      return faultOf(name, error);
    }
    notes.push(`damaged ${kind} stream: read up to the damage${detailOf(error)}`);
  }
  return { member: { name, notes, ...writer.close() } };
}

/** "auth.log.gz" holds "auth.log", "logs.tgz" a tar. */
function innerName(name: string): string {
  return name.replace(/\.(?:tgz|txz|tbz2?)$/i, ".tar").replace(/\.(?:gz|zst|zstd|xz|bz2)$/i, "");
}

/** Decoders that Node does not have are loaded when a file needs them. */
async function decompressed(file: string, kind: StreamKind): Promise<AsyncIterable<Uint8Array>> {
  if (kind === "gzip") return members(file, createGunzip);
  if (kind === "zstd") return members(file, createZstdDecompress);
  const source = createReadStream(file);
  if (kind === "xz") {
    const { default: xz } = await import("xz-decompress");
    const compressed = Readable.toWeb(source) as ReadableStream<Uint8Array>;
    return new xz.XzReadableStream(compressed) as WebStream<Uint8Array>;
  }
  const { default: unbzip2 } = await import("unbzip2-stream");
  return chunksOf(source, unbzip2());
}

/**
 * All that stands in a file one after the other (RFC 1952 section 2.2, RFC 8878 section 3): Node's decoder of Zstandard ends at
 * the first frame's end without a word, that of gzip at bytes which begin no member.
 */
async function* members(file: string, open: () => Gunzip | ZstdDecompress): AsyncGenerator<Uint8Array> {
  const { size } = statSync(file);
  for (let start = 0; start < size; ) {
    const source = createReadStream(file, { start });
    const decoder = open();
    try {
      yield* forwarding(source, decoder) as AsyncIterable<Uint8Array>;
    } finally {
      source.destroy();
    }
    if (decoder.bytesWritten === 0) throw new Error("nothing could be read");
    start += decoder.bytesWritten;
  }
}

const heldChunks = 8;

/** A stream of Node's first kind, which tells its close before its last data is read: what came before a fault is given first. */
async function* chunksOf(source: Readable, stream: NodeJS.ReadWriteStream): AsyncGenerator<Uint8Array> {
  const held: Uint8Array[] = [];
  let ended = false;
  let fault: unknown;
  let wake = () => {};
  stream.on("data", (chunk: Uint8Array) => {
    held.push(chunk);
    if (held.length >= heldChunks) stream.pause();
    wake();
  });
  stream.on("end", () => {
    ended = true;
    wake();
  });
  const fail = (error: unknown) => {
    fault ??= error;
    wake();
  };
  stream.on("error", fail);
  source.on("error", fail);
  source.pipe(stream);
  try {
    for (;;) {
      const chunk = held.shift();
      if (chunk !== undefined) yield chunk;
      else if (fault !== undefined) throw fault;
      else if (ended) return;
      else {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        stream.resume();
        await woken;
      }
    }
  } finally {
    source.destroy();
  }
}

/** A fault of the file must end the stream behind it. */
function forwarding(source: Readable, decompress: NodeJS.ReadWriteStream & Readable): Readable {
  source.on("error", (error) => decompress.destroy(error));
  return source.pipe(decompress) as Readable;
}

/** What the stream itself is to blame for: not the system, and not the limits of what may be spooled. */
function isDamage(error: unknown): boolean {
  if (error instanceof ContainerLimitError) return false;
  const code = (error as { code?: string }).code;
  return (
    code === undefined ||
    code.startsWith("Z_") ||
    code.startsWith("ZSTD") ||
    code === "ERR_STREAM_PREMATURE_CLOSE"
  );
}

/** zlib says what is wrong; the others say where in their own code they stumbled. */
function detailOf(error: unknown): string {
  return (error as { code?: string }).code === undefined ? "" : ` (${(error as Error).message})`;
}
