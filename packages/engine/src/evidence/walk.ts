import { lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceFault } from "./item.ts";
import { reasonOf } from "./reason.ts";

export interface FoundFile {
  path: string;
  modifiedMs: number;
  bytes: number;
}

const maxDepth = 64;

/**
 * All regular files below the given paths, sorted, so that the same folder gives the same order everywhere.
 * Links inside a folder are reported, not followed: that is what keeps a loop, or a link out of the folder, harmless.
 */
export function walkPaths(paths: readonly string[]): { files: FoundFile[]; faults: EvidenceFault[] } {
  const files = new Map<string, FoundFile>();
  const faults: EvidenceFault[] = [];

  function visit(path: string, depth: number): void {
    try {
      const stat = depth === 0 ? statSync(path) : lstatSync(path);
      if (stat.isSymbolicLink()) {
        faults.push({
          path,
          reason: "symbolic link, not followed",
          next: "give the link's target as a path of its own if it is evidence",
        });
      } else if (stat.isDirectory()) {
        if (depth >= maxDepth)
          faults.push({
            path,
            reason: `folders nested deeper than ${maxDepth}`,
            next: "give this folder as a path of its own",
          });
        else for (const name of readdirSync(path).sort()) visit(join(path, name), depth + 1);
      } else if (stat.isFile()) {
        const { mtimeMs, size: bytes } = stat;
        files.set(path, { path, modifiedMs: Math.floor(mtimeMs), bytes });
      } else
        faults.push({
          path,
          reason: "not a regular file (pipe, socket or device)",
          next: "copy its content into a file",
        });
    } catch (error) {
      faults.push({
        path,
        reason: reasonOf(error),
        next: "check the path and its permissions, then run again",
      });
    }
  }

  for (const path of paths) visit(path.length > 1 ? path.replace(/[/\\]+$/, "") : path, 0);
  const sorted = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files: sorted, faults };
}
