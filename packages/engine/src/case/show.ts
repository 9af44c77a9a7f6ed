import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readLedger } from "@firebreak/ledger";
import { parseEventRef } from "@firebreak/model/event";
import type { Picture } from "@firebreak/model/picture";
import { openCaseStore } from "../clock/case-store.ts";
import { createOriginalReader } from "../evidence/original.ts";
import { openSource } from "../evidence/source.ts";
import { CaseError, damaged } from "./case-error.ts";
import { InputError } from "./input.ts";
import { caseFiles, inCase } from "./layout.ts";

export interface ManifestItem {
  path: string;
  file: string;
  sha256: string;
  bytes: number;
}

/** Throws `CaseError` for a folder that is no case. */
export function requireCase(dir: string): void {
  if (!existsSync(join(dir, "ledger.jsonl")))
    throw new CaseError(
      `${dir}: no case here (no ledger.jsonl). Give the folder that 'firebreak investigate --case' wrote.`,
    );
}

/** The evidence of the case's latest investigation, as its ledger records it. */
export function readManifest(dir: string): ManifestItem[] {
  requireCase(dir);
  const entry = readLedger(dir).entries.findLast(({ action }) => action === "evidence.collect");
  if (!entry)
    throw new CaseError(
      `${dir}: the ledger records no evidence. Run 'firebreak investigate' with this case first.`,
    );
  return (entry.data as unknown as { items: ManifestItem[] }).items;
}

/** Where an item's bytes are now: as recorded, below another evidence folder, or in the case's own spool. */
export function locate(dir: string, item: ManifestItem, evidenceDir?: string): string | undefined {
  const spooled = join(inCase(dir, "spool"), item.sha256);
  const inFolder =
    evidenceDir === undefined ? [] : [join(evidenceDir, item.path), join(evidenceDir, basename(item.path))];
  // A file that is named like an archive's member is another file.
  const isMember = item.path.includes("!/");
  const candidates = isMember ? [spooled, item.file, ...inFolder] : [...inFolder, item.file, spooled];
  return candidates.find((file) => existsSync(file));
}

/** The raw record behind an event reference, read from the evidence itself. */
export async function showRecord(
  dir: string,
  ref: string,
  evidenceDir?: string,
): Promise<{ path: string; offset: number; length: number; line: number | null; original: string }> {
  const place = parseEventRef(ref);
  if (!place) throw new InputError(`"${ref}" is no event reference. They look like 0a1b2c3d4e5f:12345.`);
  const item = readManifest(dir).find(({ sha256 }) => sha256.startsWith(place.evidenceId));
  if (!item) throw new InputError(`${ref}: no evidence with this id in the case`);
  const store = await openCaseStore(dir);
  try {
    const [row] = await store.query<{ length: number; line: number | null }>(
      'SELECT length, line FROM events WHERE evidence = $e AND "offset" = $o ORDER BY sub LIMIT 1',
      { e: place.evidenceId, o: place.offset },
    );
    if (!row) throw new InputError(`${ref}: no event at this place of ${item.path}`);
    const file = locate(dir, item, evidenceDir);
    if (file === undefined)
      throw new CaseError(
        `${item.path} is not at ${item.file} any more. Say where the evidence is now with --evidence.`,
      );
    const source = openSource(file);
    try {
      const original = createOriginalReader(source).read({ offset: place.offset, length: row.length });
      return { path: item.path, offset: place.offset, length: row.length, line: row.line, original };
    } finally {
      source.close();
    }
  } finally {
    store.close();
  }
}

/** The picture as the case holds it. Throws `CaseError` where there is none, or none that can be read. */
export function readPicture(dir: string): Picture {
  const file = inCase(dir, "picture");
  if (!existsSync(file))
    throw new CaseError(`${dir}: no picture here. Run 'firebreak investigate' with this case first.`);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Picture;
  } catch (error) {
    throw damaged(dir, caseFiles.picture, error);
  }
}
