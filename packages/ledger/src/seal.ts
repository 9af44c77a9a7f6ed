import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { join } from "node:path";
import type { Problem, ProblemCode } from "./problem.ts";

export interface SealedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** The path is a symbolic link and the hash is that of its target's text: links are never followed. */
  readonly link?: true;
}

/** Path with "/" between folders, relative to the sealed folder → its file. Keys are sorted. */
export type Seal = Record<string, SealedFile>;

export interface SealOptions {
  /** Files, or folders with all they hold, to leave out: "case.lock", "cache". */
  readonly exclude?: readonly string[];
}

export interface SealVerdict {
  readonly ok: boolean;
  /** Files that are exactly as sealed. */
  readonly files: number;
  readonly problems: Problem[];
}

const chunkBytes = 1024 * 1024;

/**
 * Hashes every file of a case folder.
 *
 * @example sealFiles("cases/2026-014", { exclude: ["case.lock"] })
 * // { "ledger.jsonl": { sha256: "…", bytes: 5120 }, "reports/report.html": { … } }
 */
export function sealFiles(dir: string, options: SealOptions = {}): Seal {
  const seal: Seal = Object.create(null);
  for (const path of listFiles(dir, options.exclude ?? [])) seal[path] = sealFile(join(dir, path));
  return { ...seal };
}

/** Compares a folder with its seal and names every file that changed, is missing, or was never sealed. */
export function verifySeal(dir: string, seal: Seal, options: SealOptions = {}): SealVerdict {
  const problems: Problem[] = [];
  const present = new Set(listFiles(dir, options.exclude ?? []));
  let files = 0;
  for (const [path, sealed] of Object.entries(seal)) {
    if (!present.delete(path)) {
      problems.push(problem("file-missing", path, `${path} was sealed and is missing`));
      continue;
    }
    const found = sealFile(join(dir, path));
    if (found.sha256 === sealed.sha256 && found.bytes === sealed.bytes && found.link === sealed.link) files++;
    else problems.push(problem("file-changed", path, changed(path, sealed, found)));
  }
  for (const path of present)
    problems.push(problem("file-unexpected", path, `${path} is covered by no seal`));
  return { ok: problems.length === 0, files, problems };
}

function changed(path: string, sealed: SealedFile, found: SealedFile): string {
  if (sealed.link !== found.link) return `${path} was replaced: a link is now a file, or a file a link`;
  if (sealed.bytes !== found.bytes)
    return `${path} changed: sealed with ${sealed.bytes} bytes, now ${found.bytes}`;
  return `${path} changed: same length, other content`;
}

/** Files and links below `dir`, sorted; an empty folder holds nothing to seal. */
function listFiles(dir: string, exclude: readonly string[]): string[] {
  const found: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const item of fs.readdirSync(join(dir, folder), { withFileTypes: true })) {
      const path = folder === "" ? item.name : `${folder}/${item.name}`;
      if (exclude.includes(path)) continue;
      if (item.isDirectory()) folders.push(path);
      else if (item.isFile() || item.isSymbolicLink()) found.push(path);
    }
  }
  return found.sort();
}

function sealFile(path: string): SealedFile {
  if (fs.lstatSync(path).isSymbolicLink()) {
    const target = fs.readlinkSync(path, "buffer");
    return { sha256: createHash("sha256").update(target).digest("hex"), bytes: target.length, link: true };
  }
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(chunkBytes);
  const file = fs.openSync(path, "r");
  let bytes = 0;
  try {
    for (let n = fs.readSync(file, chunk); n > 0; n = fs.readSync(file, chunk)) {
      hash.update(chunk.subarray(0, n));
      bytes += n;
    }
  } finally {
    fs.closeSync(file);
  }
  return { sha256: hash.digest("hex"), bytes };
}

function problem(code: ProblemCode, file: string, message: string): Problem {
  return { code, severity: "error", message, file };
}
