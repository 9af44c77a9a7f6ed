import type { ByteSource, Head } from "@firebreak/model/format";
import { type DetectedEncoding, decodeText, detectEncoding } from "./encoding.ts";

const headBytes = 64 << 10;
const maxLines = 200;

/** Reads and decodes the first bytes of an evidence item once, for every format's vote. */
export function readHead(source: ByteSource, fileName: string): Head & DetectedEncoding {
  const bytes = source.read(0, headBytes);
  const detected = detectEncoding(bytes);
  const text =
    detected.encoding === "binary" ? "" : decodeText(bytes.subarray(detected.bomLength), detected.encoding);
  const all = text.split(/\r?\n/, maxLines + 1);
  // The last line may be cut by the end of the head.
  if (source.size > bytes.length && all.length > 1 && all.length <= maxLines) all.pop();
  const lines = all.slice(0, maxLines).filter((line) => line.trim() !== "");
  return { bytes, text, lines, fileName, ...detected };
}
