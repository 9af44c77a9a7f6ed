import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadRuleTexts } from "../detect/rules.ts";
import { ingest } from "./ingest.ts";
import { createPool } from "./pool.ts";

const dir = mkdtempSync(join(tmpdir(), "firebreak-progress-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Rows of a table with large cells: many bytes, few records. */
function largeFile(): { file: string; bytes: number } {
  const file = join(dir, "large.csv");
  const note = "x".repeat(60_000);
  const rows = Array.from({ length: 180 }, (_, i) => `2024-05-06T07:08:09Z,web1,198.51.100.${i},${note}\n`);
  const text = `time,host,src_ip,note\n${rows.join("")}`;
  writeFileSync(file, text);
  return { file, bytes: text.length };
}

describe("progress of reading", () => {
  it.each([1, 2])(
    "is told inside a large file, with %i thread(s), and ends at all bytes",
    async (threads) => {
      const { file, bytes } = largeFile();
      const segments = join(dir, `threads-${threads}`);
      mkdirSync(segments);
      const told: number[] = [];
      const detection = { ruleSet: loadRuleTexts([], []), machines: [], dialects: [] };
      await ingest([{ id: "a", path: file, file, sha256: "a", bytes, notes: [] }], {
        pool: createPool({ dir: segments, threads, totalBytes: bytes, detection }),
        onProgress: (done, total) => {
          expect(total).toBe(bytes);
          told.push(done);
        },
      });
      expect(told.length).toBeGreaterThanOrEqual(3);
      expect(told).toEqual([...told].sort((a, b) => a - b));
      expect(told.at(-1)).toBe(bytes);
    },
  );
});
