import { basename } from "node:path";
import { expandContainer } from "./containers/expand.ts";
import { type ContainerKind, containerKind } from "./containers/kind.ts";
import { hashFile } from "./hash.ts";
import { type Collection, type EvidenceItem, evidenceId } from "./item.ts";
import { containerLimits, SpoolBudget } from "./limits.ts";
import { readStart } from "./source.ts";
import { Spool } from "./spool.ts";
import { type FoundFile, walkPaths } from "./walk.ts";

export interface CollectOptions {
  /** Folder for archive members. */
  spoolDir: string;
  passwords?: readonly string[];
  onFile?(path: string): void;
  /** Called before the first file is read, with the bytes of all files as they lie there. */
  onWalk?(bytes: number): void;
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
  const { files, faults } = walkPaths(paths);
  options.onWalk?.(files.reduce((sum, { bytes }) => sum + bytes, 0));
  const collector = new Collector(options, faults);
  for (const file of files) await collector.addFile(file);
  return collector.found;
}

/** What was found so far; archives are opened as they come. */
class Collector {
  readonly found: Collection;
  readonly #known = new Map<string, EvidenceItem>();
  readonly #spool: Spool;
  readonly #passwords: readonly string[];
  readonly #onFile: CollectOptions["onFile"];

  constructor({ spoolDir, passwords = [], onFile }: CollectOptions, faults: Collection["faults"]) {
    this.found = { items: [], containers: [], duplicates: [], faults };
    this.#spool = new Spool(spoolDir, new SpoolBudget());
    this.#passwords = [...passwords, ...customaryPasswords];
    this.#onFile = onFile;
  }

  async addFile({ path, modifiedMs }: FoundFile): Promise<void> {
    try {
      const { sha256, bytes } = hashFile(path);
      await this.#add({ path, file: path, sha256, bytes, modifiedMs, notes: [] }, 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw error;
      const next = "check the file's permissions, then run again";
      this.found.faults.push({ path, reason: (error as Error).message, next });
    }
  }

  async #add(candidate: Candidate, depth: number): Promise<void> {
    this.#onFile?.(candidate.path);
    const item: EvidenceItem = { id: evidenceId(candidate.sha256), ...candidate };
    const twin = this.#known.get(item.sha256);
    // Empty files have the same bytes and nothing in common.
    if (twin && item.bytes > 0) {
      this.found.duplicates.push({ item, of: twin });
      return;
    }
    this.#known.set(item.sha256, item);
    const kind = containerKind(readStart(item.file));
    if (kind) await this.#open(item, kind, depth);
    else this.found.items.push(item);
  }

  async #open(item: EvidenceItem, kind: ContainerKind, depth: number): Promise<void> {
    const container = { ...item, kind, members: 0 };
    this.found.containers.push(container);
    if (depth >= containerLimits.depth) {
      this.found.faults.push({
        path: item.path,
        reason: `archives nested deeper than ${containerLimits.depth}`,
        next: "extract it and add the folder to the paths",
      });
      return;
    }
    for await (const part of expandContainer(item.file, kind, {
      name: basename(item.path),
      bytes: item.bytes,
      passwords: this.#passwords,
      spool: this.#spool,
    })) {
      if ("fault" in part) {
        const { name: member, reason, next } = part.fault;
        this.found.faults.push({ path: member ? `${item.path}!/${member}` : item.path, reason, next });
        continue;
      }
      container.members++;
      const { name, ...member } = part.member;
      await this.#add({ ...member, path: `${item.path}!/${name}` }, depth + 1);
    }
  }
}
