/**
 * Every folder below fixtures/ that holds an `input.*` is read with all formats and compared with its
 * `golden.ndjson`. Set UPDATE_GOLDEN=1 to write the goldens, read the diff, then commit it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toEcsDocument } from "@firebreak/model/nest";
import { describe, expect, it } from "vitest";
import { formats } from "../src/formats.generated.ts";
import { collect, unaccountedBytes } from "../src/testing/collect.ts";

const root = fileURLToPath(new URL("../fixtures/", import.meta.url));
const cases = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /(^|\/)input\.[^/]+$/.test(file))
  .sort();

describe("golden fixtures", () => {
  it("exist", () => expect(cases.length).toBeGreaterThan(0));
  it.each(cases)("%s", (file) => {
    const bytes = readFileSync(join(root, file));
    const fileName = file.split("/").pop()!;
    const read = collect(bytes, formats, { fileName });
    const lines = [
      JSON.stringify({
        format: read.format,
        encoding: read.encoding,
        rejects: read.rejects,
        skips: read.skips,
        notes: read.notes,
      }),
      ...read.events.map((event) => JSON.stringify(toEcsDocument(event, { path: fileName }))),
    ];
    const goldenPath = join(root, file.slice(0, file.lastIndexOf("/")), "golden.ndjson");
    const text = `${lines.join("\n")}\n`;
    if (process.env.UPDATE_GOLDEN || !existsSync(goldenPath)) {
      if (process.env.CI && !existsSync(goldenPath)) throw new Error(`no golden for ${file}`);
      writeFileSync(goldenPath, text);
    }
    expect(text).toBe(readFileSync(goldenPath, "utf8"));
    expect(unaccountedBytes(read, bytes.length)).toBe(0);
  });
});
