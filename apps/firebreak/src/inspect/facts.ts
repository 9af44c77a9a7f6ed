import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { ByteCounts, type FileFacts } from "@firebreak/inspect";

const headBytes = 1 << 20;

/** Hashes, entropy and the first bytes of a file of any size, read once. */
export async function readFacts(path: string): Promise<FileFacts> {
  const digests = ["md5", "sha1", "sha256"].map((name) => createHash(name));
  const counts = new ByteCounts();
  const head: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (size < headBytes) head.push(chunk.subarray(0, headBytes - size));
    for (const digest of digests) digest.update(chunk);
    counts.add(chunk);
    size += chunk.length;
  }
  const [md5, sha1, sha256] = digests.map((digest) => digest.digest("hex")) as [string, string, string];
  return {
    name: basename(path),
    size,
    hashes: { md5, sha1, sha256 },
    entropy: counts.entropy(),
    head: new Uint8Array(Buffer.concat(head)),
  };
}
