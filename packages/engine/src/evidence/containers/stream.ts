import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { createGunzip, createZstdDecompress } from "node:zlib";
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
  const source = createReadStream(file);
  switch (kind) {
    case "gzip":
      return forwarding(source, createGunzip());
    case "zstd":
      return forwarding(source, createZstdDecompress());
    case "xz": {
      const { default: xz } = await import("xz-decompress");
      const compressed = Readable.toWeb(source) as ReadableStream<Uint8Array>;
      return new xz.XzReadableStream(compressed) as WebStream<Uint8Array>;
    }
    case "bzip2": {
      const { default: unbzip2 } = await import("unbzip2-stream");
      return new Readable().wrap(source.pipe(unbzip2()));
    }
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
