import { type Imported, type ImportRequest, readImport } from "@firebreak/intel/import";
import { acquireLock, openLedger } from "@firebreak/ledger";
import { intelActions, keepRecord, sha256Of } from "./records.ts";

/** A saved document, with its file name (null for pasted text). */
export interface SavedDocument {
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

export interface KeptDocument {
  readonly document: SavedDocument;
  readonly kept: readonly Imported[];
  /** Why it, or a part of it, is not taken. */
  readonly problems: readonly string[];
}

/** Keeps saved answers, sandbox reports and feeds as evidence of a case, each with its ledger entry. Opens no socket. */
export function importDocuments(
  dir: string,
  documents: readonly SavedDocument[],
  options: Pick<ImportRequest, "provider" | "about" | "askedAt"> & { tool: string; now(): string },
): KeptDocument[] {
  const { tool, now, ...given } = options;
  const lock = acquireLock(dir);
  try {
    const ledger = openLedger(dir);
    return documents.map((document) => {
      const { name, bytes } = document;
      const { imported, problems } = readImport({
        bytes,
        name,
        keptAt: now(),
        sha256: sha256Of(bytes),
        ...given,
      });
      const kept = imported.map((one) => ({
        ...one,
        record: keepRecord(dir, ledger, tool, intelActions.import, one.record, bytes),
      }));
      return { document, kept, problems };
    });
  } finally {
    lock.release();
  }
}
