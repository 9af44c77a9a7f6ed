import { createHash } from "node:crypto";
import { canonicalJson, type JsonValue } from "./canonical.ts";
import { LedgerError } from "./problem.ts";

/** What a caller hands to `append`. The ledger reads no clock: the caller says when. */
export interface LedgerDraft {
  /** ISO 8601 in UTC, "2026-03-01T09:30:00Z" or with a fraction. */
  readonly at: string;
  /** Who acted: a person's name or address, or the tool with its version. */
  readonly actor: string;
  /** Stable dotted name: "evidence.import", "finding.verdict". Names that begin with "ledger." are the ledger's own. */
  readonly action: string;
  readonly data: JsonValue;
}

export interface LedgerEntry extends LedgerDraft {
  /** 1, 2, 3, …: the entry's line in the file. */
  readonly seq: number;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly prev: string;
  /** SHA-256, hex, of the canonical JSON of this entry without `hash`. */
  readonly hash: string;
}

/** The last entry's number and hash. Whoever keeps it elsewhere can prove that nothing before it was changed. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

export const emptyHead: LedgerHead = { seq: 0, hash: "0".repeat(64) };

/** Bytes of one line, newline included. */
export const lineBytesMax = 16 * 1024 * 1024;

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const digest = /^[0-9a-f]{64}$/;
const memberNames = "action,actor,at,data,hash,prev,seq";

export function hashEntry(entry: Omit<LedgerEntry, "hash">): string {
  const { seq, at, actor, action, data, prev } = entry;
  const text = canonicalJson({ seq, at, actor, action, data, prev });
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** The entry that follows `head`, hash and all. Throws "bad-entry" when the draft is not one. */
export function chainEntry(head: LedgerHead, draft: LedgerDraft): LedgerEntry {
  const fault = draftFault(draft);
  if (fault) throw new LedgerError("bad-entry", `cannot append to the ledger: ${fault}`);
  const { at, actor, action, data } = draft;
  const body = { seq: head.seq + 1, at, actor, action, data, prev: head.hash };
  return { ...body, hash: hashEntry(body) };
}

/** The line that stores an entry. Throws "bad-entry" when it is longer than a reader would accept. */
export function entryLine(entry: LedgerEntry): Buffer {
  const line = Buffer.from(`${canonicalJson({ ...entry })}\n`, "utf8");
  if (line.length > lineBytesMax)
    throw new LedgerError(
      "bad-entry",
      `an entry of ${line.length} bytes is over the limit of ${lineBytesMax}`,
    );
  return line;
}

/**
 * Reads one stored line (without its newline): the entry, or why it cannot be what was written. The bytes must be the
 * canonical text itself, so that no two files hold the same entries.
 */
export function readEntry(line: Buffer): LedgerEntry | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(line.toString("utf8"));
  } catch {
    return { fault: "it is not JSON" };
  }
  const fault = entryFault(value);
  if (fault) return { fault };
  const entry = value as LedgerEntry;
  try {
    if (!Buffer.from(canonicalJson({ ...entry }), "utf8").equals(line))
      return { fault: "it is not in canonical form" };
    if (hashEntry(entry) !== entry.hash) return { fault: "its content does not have the hash it states" };
  } catch (error) {
    return { fault: error instanceof LedgerError ? error.message : "it cannot be hashed" };
  }
  return entry;
}

function entryFault(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "it is not an object";
  const entry = value as Record<string, unknown>;
  if (Object.keys(entry).sort().join() !== memberNames) return `its members are not ${memberNames}`;
  if (!Number.isSafeInteger(entry.seq) || (entry.seq as number) < 1) return "its seq is not a number from 1";
  if (!isDigest(entry.prev) || !isDigest(entry.hash)) return "its prev or hash is not a SHA-256 in hex";
  return draftFault(entry as unknown as LedgerDraft);
}

function draftFault(draft: LedgerDraft): string | undefined {
  if (typeof draft.at !== "string" || !instant.test(draft.at)) return "`at` is not an ISO 8601 time in UTC";
  if (typeof draft.actor !== "string" || draft.actor === "") return "`actor` is empty";
  if (typeof draft.action !== "string" || draft.action === "") return "`action` is empty";
  if (draft.data === undefined) return "`data` is missing (null is allowed)";
  return undefined;
}

export function isDigest(value: unknown): value is string {
  return typeof value === "string" && digest.test(value);
}
