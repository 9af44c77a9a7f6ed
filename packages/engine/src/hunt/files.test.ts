import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findHuntFiles } from "./files.ts";

const dir = mkdtempSync(join(tmpdir(), "firebreak-files-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

beforeAll(() => {
  const logs = join(dir, "logs");
  mkdirSync(logs);
  const large = Buffer.alloc(200_000, "line\n");
  const changed = Buffer.from(large);
  changed[100_000] = 0x21;
  writeFileSync(join(logs, "a.log"), large);
  writeFileSync(join(logs, "b.log"), changed);
  writeFileSync(join(logs, "c.log"), large);
  writeFileSync(join(logs, "d.log"), Buffer.alloc(200_000, "other\n"));
  writeFileSync(join(logs, "e.evtx"), "ElfFile\0");
  writeFileSync(join(logs, "f.gz"), gzipSync("packed\n"));
});

describe("files to hunt in", () => {
  it("are sorted, archives opened, the same bytes once: also where only the middle differs", async () => {
    const { files, duplicates, faults } = await findHuntFiles([join(dir, "logs"), join(dir, "none")], {
      spoolDir: join(dir, "spool"),
    });
    const short = (path: string) => path.slice(path.indexOf("logs/") + 5);
    expect(files.map(({ path, isEvtx }) => `${short(path)}${isEvtx ? " evtx" : ""}`)).toEqual([
      "a.log",
      "b.log",
      "d.log",
      "e.evtx evtx",
      expect.stringMatching(/^f\.gz!\//),
    ]);
    expect(duplicates.map(({ path, of }) => [short(path), short(of)])).toEqual([["c.log", "a.log"]]);
    expect(faults).toMatchObject([{ reason: "no such file or folder" }]);
  });
});
