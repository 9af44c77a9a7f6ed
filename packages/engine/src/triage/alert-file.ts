import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Alert } from "../alerts/alert.ts";
import { locate, type ManifestItem, readManifest } from "../case/show.ts";

/** The alert's own file among the evidence. */
export interface AlertFile {
  readonly path: string;
  /** Where its bytes are now. */
  readonly file: string;
  readonly sha256: string;
  /** False where only the name fits: then it may be another file. */
  readonly byHash: boolean;
}

const maxHashedBytes = 64 << 20;

/** Finds the alert's file in the evidence: by SHA-256, else by MD5 or SHA-1, else by its name alone where the alert has no hash. */
export function findAlertFile(dir: string, alert: Alert): AlertFile | undefined {
  const hashes = new Set(
    alert.observables.flatMap(({ type, value }) => (type === "hash" ? [value.toLowerCase()] : [])),
  );
  const names = new Set(
    alert.observables.flatMap(({ type, value }) => (type === "file" ? [nameOf(value)] : [])),
  );
  if (hashes.size + names.size === 0) return undefined;
  const manifest = readManifest(dir);
  const found = (item: ManifestItem, byHash: boolean): AlertFile | undefined => {
    const file = locate(dir, item);
    return file === undefined ? undefined : { path: item.path, file, sha256: item.sha256, byHash };
  };
  const exact = manifest.find(({ sha256 }) => hashes.has(sha256));
  if (exact) return found(exact, true);
  const named = manifest.filter(({ path, bytes }) => names.has(nameOf(path)) && bytes <= maxHashedBytes);
  for (const item of named) {
    const one = found(item, true);
    if (one && [...hashes].some((hash) => hash === digest(one.file, hash.length))) return one;
  }
  return hashes.size === 0 && named[0] ? found(named[0], false) : undefined;
}

function nameOf(path: string): string {
  return basename(path.replaceAll("\\", "/")).toLowerCase();
}

function digest(file: string, hexLength: number): string | undefined {
  const algorithm = { 32: "md5", 40: "sha1" }[hexLength];
  return algorithm && createHash(algorithm).update(readFileSync(file)).digest("hex");
}
