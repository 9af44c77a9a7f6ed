/** Documents in compound files: Word, Excel, PowerPoint, embedded objects, VBA projects, encrypted packages. */
import { openCfb } from "../cfb.ts";
import { compoundTypeOf } from "../identify/compound.ts";
import type { Part } from "../part.ts";
import { examineEncryptedPackage } from "./crypto/package.ts";
import { examineWorkbook } from "./excel/workbook.ts";
import { examineNative, examineObject } from "./objects/examine.ts";
import { examinePowerPoint } from "./powerpoint.ts";
import { type Storage, storageOf } from "./storage.ts";
import { describeSummary } from "./summary.ts";
import { examineVbaProject } from "./vba/examine.ts";
import { examineWord } from "./word.ts";

const objectsMax = 500;

export async function examineCompound(part: Part): Promise<void> {
  const cfb = openCfb(part.bytes);
  part.details.streams = cfb.entries
    .slice(0, 500)
    .map(({ path, kind, size }) => ({ path: readable(path), kind, size }));
  const root = storageOf(cfb);
  describeSummary(part, root);
  if (cfb.find("EncryptedPackage") !== undefined) await examineEncryptedPackage(part, root);
  await examineDocument(part, root);
  await examineProjects(
    part,
    root,
    cfb.entries.map(({ path }) => path),
  );
  await examineObjects(
    part,
    root,
    cfb.entries.filter(({ kind }) => kind === "storage").map(({ path }) => path),
  );
  for (const fault of cfb.faults.slice(0, 5))
    part.note(
      "damaged",
      `the compound file is damaged: ${fault}`,
      /leaves the file|of \d+ bytes|cut off/.test(fault),
    );
  if (cfb.entries.length === 0)
    part.note("damaged", "the compound file has no directory that can be read", true);
}

async function examineDocument(part: Part, storage: Storage): Promise<void> {
  if (storage.find("WordDocument") !== undefined) examineWord(part, storage);
  for (const name of ["Workbook", "Book"]) {
    const book = storage.readPath(name);
    if (book !== undefined) await examineWorkbook(part, book);
  }
  const presentation = storage.readPath("PowerPoint Document");
  if (presentation !== undefined) await examinePowerPoint(part, presentation);
  const native = storage.readPath("\u0001Ole10Native");
  if (native !== undefined) await examineNative(part, native, "Ole10Native");
}

/** A project is a storage with a storage VBA that has a stream dir, wherever it lies. */
async function examineProjects(part: Part, root: Storage, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const match = /^(?:(.*)\/)?VBA\/(?:dir|_VBA_PROJECT)$/i.exec(path);
    if (
      match === null ||
      (/_VBA_PROJECT$/i.test(path) &&
        paths.some((other) => other.toLowerCase() === path.toLowerCase().replace(/_vba_project$/, "dir")))
    )
      continue;
    await examineVbaProject(part, match[1] === undefined ? root : root.sub(match[1]));
  }
}

async function examineObjects(part: Part, root: Storage, storages: readonly string[]): Promise<void> {
  let objects = 0;
  for (const path of storages) {
    if (
      /(?:^|\/)(?:VBA|Macros|_VBA_PROJECT_CUR)(?:\/|$)|^(?:ObjectPool|MsoDataStore)$/i.test(path) ||
      path.startsWith("MsoDataStore/")
    )
      continue;
    if (++objects > objectsMax) {
      part.note("objects-limit", `more than ${objectsMax} embedded storages; the rest is not examined`, true);
      return;
    }
    const storage = root.sub(path);
    const isObject = await examineObject(part, storage, readable(path));
    if (isObject) await examineDocument(part, withoutNative(storage));
  }
  if (
    root.find("Equation Native") !== undefined ||
    root.find("Package") !== undefined ||
    root.find("CONTENTS") !== undefined
  )
    await examineObject(part, root, "object");
  else if (compoundTypeOf(openCfb(part.bytes)) === "ole-storage")
    await examineObject(part, withoutNative(root), "object");
}

/** The packaged file was examined with the object already. */
function withoutNative(storage: Storage): Storage {
  return {
    ...storage,
    readPath: (path) => (path === "\u0001Ole10Native" ? undefined : storage.readPath(path)),
    find: (path) => (path === "\u0001Ole10Native" ? undefined : storage.find(path)),
  };
}

/** Stream names begin with control characters by custom. */
function readable(path: string): string {
  return path.replace(/[\u0000-\u001f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
