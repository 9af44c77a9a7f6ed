/** Members of ZIP files, with bounds and passwords. */
import { BlobReader, configure, type Entry, ZipReader } from "@zip.js/zip.js";
import { concat } from "../bytes.ts";
import type { Part } from "../part.ts";
import { readZipDirectory, readZipEntry } from "./zip-directory.ts";

configure({ useWebWorkers: false });

export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly compressedBytes: number;
  /** The password that opened it. */
  readonly password?: string;
}

/** What is larger than its packed form by this factor, and larger than 16 MiB, is built to exhaust its reader. */
const bombRatio = 500;
const bombBytes = 16 * 2 ** 20;

class TooLarge extends Error {}

/**
 * Unpacks the members one by one. What cannot be unpacked becomes a note; a file without directory is read from its local
 * headers. `select` says which members are wanted.
 */
export async function* zipMembers(
  part: Part,
  select: (name: string) => boolean = () => true,
): AsyncGenerator<ZipMember> {
  const { isWhole, entries: heads } = readZipDirectory(part.bytes);
  if (!isWhole) {
    part.note(
      "damaged",
      "the archive's directory is lost or cut off; members are read from their own headers",
      true,
    );
    yield* recovered(part, heads, select);
    return;
  }
  const reader = new ZipReader(new BlobReader(new Blob([part.bytes as Uint8Array<ArrayBuffer>])), {
    filenameValidation: "tolerant",
  });
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      part.run.budget.check();
      if (entry.directory || !select(entry.filename)) continue;
      const member = await readMember(part, entry);
      if (member !== undefined) yield member;
    }
  } catch (error) {
    if ((error as { code?: string }).code?.endsWith("-limit")) throw error;
    part.note("damaged", `the archive is damaged: ${(error as Error).message}`, true);
    yield* recovered(part, heads, select);
  } finally {
    await reader.close().catch(() => undefined);
  }
}

function* recovered(
  part: Part,
  heads: ReturnType<typeof readZipDirectory>["entries"],
  select: (name: string) => boolean,
): Generator<ZipMember> {
  for (const head of heads) {
    part.run.budget.check();
    if (head.name.endsWith("/") || !select(head.name)) continue;
    const bytes = readZipEntry(part.bytes, head, part.run.budget.bytesLeft);
    if (bytes !== undefined) yield { name: head.name, bytes, compressedBytes: head.compressedBytes };
    else part.note("damaged", `the member ${head.name} cannot be unpacked`, true);
  }
}

async function readMember(part: Part, entry: Entry): Promise<ZipMember | undefined> {
  const { filename: name, compressedSize: compressedBytes } = entry;
  const passwords = entry.encrypted ? part.run.passwords : [undefined];
  if (entry.encrypted) part.features.add("encrypted");
  let last = "no password is known";
  for (const password of passwords) {
    try {
      const bytes = await unpack(part, entry, password);
      if (password !== undefined) {
        part.features.add("password-opened");
        part.details.password = password;
      }
      return { name, bytes, compressedBytes, ...(password !== undefined && { password }) };
    } catch (error) {
      if (error instanceof TooLarge) {
        tellLarge(part, entry);
        return undefined;
      }
      last = (error as Error).message;
    }
  }
  if (entry.encrypted) {
    part.sign("archive-encrypted", name);
    part.note(
      "encrypted",
      `the member ${name} is encrypted and no known password opens it; give it with --password`,
      true,
    );
  } else part.note("damaged", `the member ${name} cannot be unpacked: ${last}`, true);
  return undefined;
}

async function unpack(part: Part, entry: Entry, password: string | undefined): Promise<Uint8Array> {
  if (!("getData" in entry) || !entry.getData) throw new Error("the member has no data");
  const limit = part.run.budget.bytesLeft;
  const chunks: Uint8Array[] = [];
  let total = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      total += chunk.length;
      const isBomb = total > bombBytes && total > entry.compressedSize * bombRatio;
      if (total > limit || isBomb) throw new TooLarge();
      chunks.push(chunk);
    },
  });
  await entry.getData(sink, { checkSignature: true, ...(password !== undefined && { password }) });
  return concat(chunks);
}

function tellLarge(part: Part, entry: Entry): void {
  if (
    entry.uncompressedSize > entry.compressedSize * bombRatio ||
    entry.compressedSize * bombRatio < part.run.budget.bytesLeft
  )
    part.sign("archive-bomb", `${entry.filename}: ${entry.compressedSize} bytes packed`);
  part.note("size-limit", `the member ${entry.filename} is too large and not examined`, true);
}
