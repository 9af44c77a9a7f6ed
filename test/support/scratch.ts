import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** An empty folder that is gone after the file's (or the `describe` block's) tests. */
export function scratchFolder(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), `firebreak-${name}-`));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
