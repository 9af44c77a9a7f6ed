import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer } from "@firebreak/intel/answer";
import { toDocument } from "@firebreak/intel/document";
import { interpret, type KeptRecord } from "@firebreak/intel/interpret";
import { withoutSecrets } from "@firebreak/intel/outbound/guard";
import type { Document } from "@firebreak/intel/provider";
import { providerById } from "@firebreak/intel/providers/all";
import type { Ledger, LedgerEntry } from "@firebreak/ledger";
import { getOrMake } from "@firebreak/model/collections";
import { caseFiles } from "../case/layout.ts";

/** Ledger actions of threat intelligence. The data of the last three is a `KeptRecord`. */
export const intelActions = {
  /** Written before anything is sent. */
  ask: "intel.ask",
  answer: "intel.answer",
  refuse: "intel.refuse",
  import: "intel.import",
} as const;

const kept: readonly string[] = [intelActions.answer, intelActions.refuse, intelActions.import];

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Where the case keeps the bytes of an answer. */
export function answerFile(dir: string, sha256: string): string {
  return join(dir, caseFiles.answers, sha256);
}

/** Every kept record of a case, oldest first. */
export function keptRecords(entries: readonly LedgerEntry[]): KeptRecord[] {
  return entries
    .filter(({ action }) => kept.includes(action))
    .map(({ data }) => data as unknown as KeptRecord);
}

/** Kept records as answers, from the case's own bytes: nothing is asked again. */
export function readAnswers(dir: string, entries: readonly LedgerEntry[]): Answer[] {
  // A file that holds many answers is read and parsed once.
  const documents = new Map<string, Document | string>();
  const documentOf = (sha256: string) =>
    getOrMake(documents, sha256, () => {
      const read = readKept(dir, sha256);
      return typeof read === "string" ? read : toDocument(read);
    });
  return keptRecords(entries).flatMap((record) => {
    const provider = providerById(record.provider);
    if (provider === undefined) return [];
    const read = record.sha256 === null ? undefined : documentOf(record.sha256);
    if (typeof read === "string") return [interpret(provider, { ...record, failure: read }, undefined)];
    return [interpret(provider, record, read)];
  });
}

/** The bytes of an answer, or why they are not what was kept. */
function readKept(dir: string, sha256: string): Uint8Array | string {
  const file = answerFile(dir, sha256);
  if (!existsSync(file)) return "the kept answer is missing from the case";
  const bytes = readFileSync(file);
  return sha256Of(bytes) === sha256 ? bytes : "the kept answer was changed since it was kept";
}

/** Writes an answer's bytes, once, and its record into the ledger. */
export function keepRecord(
  dir: string,
  ledger: Ledger,
  actor: string,
  action: (typeof intelActions)[keyof typeof intelActions],
  record: KeptRecord,
  bytes?: Uint8Array,
): KeptRecord {
  const full = bytes === undefined ? record : { ...record, sha256: sha256Of(bytes) };
  if (bytes !== undefined && full.sha256 !== null) {
    const file = answerFile(dir, full.sha256);
    mkdirSync(join(dir, caseFiles.answers), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, bytes, { mode: 0o600 });
  }
  // A refused URL is refused for what it carries: the ledger is handed on, and must not carry it either.
  const about =
    full.about !== null && full.isRefusal ? { ...full.about, value: withoutSecrets(full.about) } : full.about;
  ledger.append({ at: record.keptAt, actor, action, data: { ...full, about } as never });
  return full;
}
