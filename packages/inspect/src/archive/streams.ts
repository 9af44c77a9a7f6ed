/** One packed stream: gzip, Zstandard; and tar. */
import { createGunzip, createZstdDecompress } from "node:zlib";
import { concat, latin1, slice } from "../bytes.ts";
import type { Part } from "../part.ts";
import type { PartReport } from "../result.ts";
import { checkMemberName, judgeMembers } from "./examine-zip.ts";

const bombRatio = 500;
const bombBytes = 16 * 2 ** 20;
const membersMax = 20_000;

/** Unpacks as far as the data is whole and the limits allow. */
export async function examineStream(part: Part, kind: "gzip" | "zstd"): Promise<void> {
  const stream = kind === "gzip" ? createGunzip() : createZstdDecompress();
  const chunks: Uint8Array[] = [];
  let total = 0;
  const limit = part.run.budget.bytesLeft;
  stream.end(part.bytes);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      total += chunk.length;
      const isBomb = total > bombBytes && total > part.bytes.length * bombRatio;
      if (isBomb) part.sign("archive-bomb", `${part.bytes.length} bytes packed`);
      if (isBomb || total > limit) {
        part.note("size-limit", "the stream is too large and not examined", true);
        stream.destroy();
        return;
      }
      chunks.push(chunk);
    }
  } catch (error) {
    part.note("damaged", `the ${kind} stream is damaged or cut off: ${(error as Error).message}`, true);
  }
  if (total > 0) await part.child(innerName(part), concat(chunks), { kind: "member" });
}

function innerName(part: Part): string {
  const flags = part.bytes[3] ?? 0;
  // [RFC 1952] 2.3: a name of its own stands behind ten bytes, when no extra field comes first.
  if (part.bytes[0] === 0x1f && (flags & 0x0c) === 8) {
    const name = latin1(part.bytes, 10, 10 + 512).split("\0", 1)[0]!;
    if (name !== "") return name;
  }
  return part.name.replace(/\.(?:gz|zst|tgz)$/i, (end) => (/tgz/i.test(end) ? ".tar" : "")) || "content";
}

/** Blocks of 512 bytes: a header, the content ([POSIX.1] pax, ustar); GNU's long names too. */
export async function examineTar(part: Part): Promise<void> {
  const { bytes } = part;
  const members: PartReport[] = [];
  let longName = "";
  let count = 0;
  for (let at = 0; at + 512 <= bytes.length; ) {
    const size = octal(latin1(bytes, at + 124, at + 136));
    const kind = String.fromCharCode(bytes[at + 156]!);
    const prefix = text(bytes, at + 345, 155);
    const name = longName || (prefix === "" ? text(bytes, at, 100) : `${prefix}/${text(bytes, at, 100)}`);
    if (name === "" && size === 0) break;
    if (++count > membersMax) {
      part.note("members-limit", `more than ${membersMax} members; the rest is not examined`, true);
      break;
    }
    const content = slice(bytes, at + 512, at + 512 + size);
    if (content.length < size) part.note("damaged", `the member ${name} is cut off`, true);
    longName = "";
    if (kind === "L") longName = latin1(content).split("\0", 1)[0]!;
    else if (kind === "x") longName = /\d+ path=([^\n]+)\n/.exec(latin1(content))?.[1] ?? "";
    else if (kind === "0" || kind === "\0" || kind === "7") {
      checkMemberName(part, name);
      const report = await part.child(name, content, { kind: "member" });
      if (report !== undefined) members.push(report);
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  judgeMembers(part, members);
}

function octal(text: string): number {
  const value = Number.parseInt(text.trim().replace(/\0.*$/s, ""), 8);
  return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function text(bytes: Uint8Array, at: number, max: number): string {
  return latin1(bytes, at, at + max).split("\0", 1)[0]!;
}
