import type { ByteSource, Head } from "@firebreak/model/format";
import { type DetectedEncoding, decodeText, detectEncoding } from "./encoding.ts";

export const headBytes = 64 << 10;
const maxLines = 200;

/** Fewer NULs may be the half of a UTF-16 sign, or a binary format's own. */
const minimumNuls = 64;

export interface ReadHead extends Head, DetectedEncoding {
  /** NULs before the first byte of the head: a log that was cut while its writer kept its place begins with them. */
  readonly start: number;
}

/** Reads and decodes the first bytes of an evidence item once, for every format's vote. */
export function readHead(source: ByteSource, fileName: string): ReadHead {
  const start = leadingNuls(source);
  const bytes = source.read(start, headBytes);
  const detected = detectEncoding(bytes);
  const text =
    detected.encoding === "binary" ? "" : decodeText(bytes.subarray(detected.bomLength), detected.encoding);
  const all = text.split(/\r?\n/, maxLines + 1);
  // The last line may be cut by the end of the head.
  if (source.size > start + bytes.length && all.length > 1 && all.length <= maxLines) all.pop();
  const lines = all.slice(0, maxLines).filter((line) => line.trim() !== "");
  return { bytes, text, lines, fileName, start, ...detected };
}

/** Length of the run of NULs that the source begins with; 0 for a short one, and for a source of nothing else. */
function leadingNuls(source: ByteSource): number {
  if (source.read(0, minimumNuls).some((byte) => byte !== 0)) return 0;
  for (let at = 0; at < source.size; ) {
    const block = source.read(at, headBytes);
    if (block.length === 0) return 0;
    const end = block.findIndex((byte) => byte !== 0);
    if (end >= 0) return at + end < minimumNuls ? 0 : at + end;
    at += block.length;
  }
  return 0;
}
