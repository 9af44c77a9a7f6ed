/** A disk without room, by the kernel's own word: everything written to `/dev/full` is refused. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const dir = mkdtempSync(join(tmpdir(), "firebreak-full-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const line =
  "2024-05-06T07:08:09Z web1 sshd[900]: Failed password for root from 203.0.113.9 port 4022 ssh2\n";

/** Reads two files with two threads in a process of its own, so that its end shows that no thread is left. */
function script(): string {
  const items = ["a", "b"].map((name) => {
    const file = join(dir, `${name}.log`);
    writeFileSync(file, `${name}\n${line.repeat(700)}`);
    return {
      id: name,
      path: file,
      file,
      sha256: name,
      bytes: name.length + 1 + 700 * line.length,
      notes: [],
    };
  });
  const engine = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  return `
    const { ingest } = await import(${engine("./ingest.ts")});
    const { loadRuleTexts } = await import(${engine("../detect/rules.ts")});
    const { createPool } = await import(${engine("./pool.ts")});
    const detection = { ruleSet: loadRuleTexts([], []), machines: [], dialects: [] };
    const pool = createPool({ dir: ${JSON.stringify(dir)}, threads: 2, totalBytes: 1 << 30, detection });
    await ingest(${JSON.stringify(items)}, { pool }).catch((error) => {
      console.log(error.code);
      return pool.abort();
    });`;
}

describe("ingest on a full disk", () => {
  it.skipIf(!existsSync("/dev/full"))("fails with the system's code and leaves no thread behind", () => {
    for (const name of ["0", "1"]) symlinkSync("/dev/full", join(dir, `events-${name}.csv`));
    const file = join(dir, "run.mjs");
    writeFileSync(file, script());
    const { stdout, signal } = spawnSync(process.execPath, [file], { encoding: "utf8", timeout: 60_000 });
    expect(stdout.trim()).toBe("ENOSPC");
    expect(signal).toBeNull();
  });
});
