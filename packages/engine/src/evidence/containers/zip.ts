import { openAsBlob } from "node:fs";
import { BlobReader, configure, type Entry, ZipReader } from "@zip.js/zip.js";
import { containerLimits } from "../limits.ts";
import type { SpoolWriter } from "../spool.ts";
import { type Expanded, type ExpandOptions, faultOf, notesOfName } from "./expanded.ts";
import { expandWorkbook, isWorkbook } from "./workbook.ts";

configure({ useWebWorkers: false });

/** Zip archives, also with passwords. */
export async function* expandZip(file: string, options: ExpandOptions): AsyncGenerator<Expanded> {
  // Names are labels here and never paths, so a name that points outside is read like any other.
  const reader = new ZipReader(new BlobReader(await openAsBlob(file)), { filenameValidation: "tolerant" });
  try {
    const { entries, damage } = await listEntries(reader);
    if (isWorkbook(entries)) yield* expandWorkbook(entries, options);
    else for (const entry of entries) if (!entry.directory) yield await expandZipEntry(entry, options);
    if (damage !== undefined) yield faultOf("", damage);
  } catch (error) {
    yield faultOf("", error);
  } finally {
    await reader.close();
  }
}

/** The directory, up to the place where it is damaged; one more than may be spooled is enough to see that there are too many. */
async function listEntries(reader: ZipReader<Blob>): Promise<{ entries: Entry[]; damage?: unknown }> {
  const entries: Entry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      entries.push(entry);
      if (entries.length > containerLimits.members) break;
    }
  } catch (damage) {
    return { entries, damage };
  }
  return { entries };
}

async function expandZipEntry(entry: Entry, options: ExpandOptions): Promise<Expanded> {
  const name = entry.filename.replaceAll("\\", "/");
  const notes = notesOfName(name);
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
