import { basename } from "node:path";
import { containerKind } from "./container-kind.ts";
import { expandContainer } from "./containers.ts";
import { hashFile } from "./hash.ts";
import { type Collection, type EvidenceItem, evidenceId } from "./item.ts";
import { containerLimits, SpoolBudget } from "./limits.ts";
import { readStart } from "./source.ts";
import { Spool } from "./spool.ts";
import { walkPaths } from "./walk.ts";

export interface CollectOptions {
  /** Folder for archive members. */
  spoolDir: string;
  passwords?: readonly string[];
  onFile?(path: string): void;
}

interface Candidate {
  path: string;
  file: string;
  sha256: string;
  bytes: number;
  modifiedMs?: number;
  notes: string[];
}

/** Passwords under which malware and evidence archives are commonly exchanged. */
const customaryPasswords = ["infected", "malware"];

/** Finds, hashes and (for archives) spools all evidence below the given paths. Sorted by path; the same bytes are kept once. */
export async function collectEvidence(
  paths: readonly string[],
  options: CollectOptions,
): Promise<Collection> {
  const found = walkPaths(paths);
  const out: Collection = { items: [], containers: [], duplicates: [], faults: found.faults };
  const known = new Map<string, EvidenceItem>();
  const spool = new Spool(options.spoolDir, new SpoolBudget());
  const passwords = [...(options.passwords ?? []), ...customaryPasswords];

  async function add(candidate: Candidate, depth: number): Promise<void> {
    options.onFile?.(candidate.path);
    const item: EvidenceItem = { id: evidenceId(candidate.sha256), ...candidate };
    const twin = known.get(item.sha256);
    // Empty files have the same bytes and nothing in common.
    if (twin && item.bytes > 0) {
      out.duplicates.push({ item, of: twin });
      return;
    }
    known.set(item.sha256, item);
    const kind = containerKind(readStart(item.file));
    if (!kind) {
      out.items.push(item);
      return;
    }
    await open(item, kind, depth);
  }

  async function open(
    item: EvidenceItem,
    kind: NonNullable<ReturnType<typeof containerKind>>,
    depth: number,
  ) {
    const container = { ...item, kind, members: 0 };
    out.containers.push(container);
    if (depth >= containerLimits.depth) {
      out.faults.push({
        path: item.path,
        reason: `archives nested deeper than ${containerLimits.depth}`,
        next: "extract it and add the folder to the paths",
      });
      return;
    }
    for await (const part of expandContainer(item.file, kind, {
      name: basename(item.path),
      bytes: item.bytes,
      passwords,
      spool,
    })) {
      if ("fault" in part) {
        const path = part.fault.name ? `${item.path}!/${part.fault.name}` : item.path;
        out.faults.push({ path, reason: part.fault.reason, next: part.fault.next });
        continue;
      }
      container.members++;
      const { name, ...member } = part.member;
      await add({ ...member, path: `${item.path}!/${name}` }, depth + 1);
    }
  }

  for (const file of found.files) {
    try {
      const { sha256, bytes } = hashFile(file.path);
      await add(
        { path: file.path, file: file.path, sha256, bytes, modifiedMs: file.modifiedMs, notes: [] },
        0,
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw error;
      out.faults.push({
        path: file.path,
        reason: (error as Error).message,
        next: "check the file's permissions, then run again",
      });
    }
  }
  return out;
}
