import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { collectEvidence } from "./collect.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "firebreak-collect-"));
  mkdirSync(join(dir, "in"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, content: string | Uint8Array) => writeFileSync(join(dir, "in", name), content);
const collect = (passwords: string[] = []) =>
  collectEvidence([join(dir, "in")], { spoolDir: join(dir, "spool"), passwords });
const short = (path: string) => path.slice(join(dir, "in").length + 1);

async function zip(
  members: Record<string, string>,
  options: { password?: string } = {},
): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), options);
  for (const [name, text] of Object.entries(members)) await writer.add(name, new TextReader(text));
  return writer.close();
}

async function tar(
  members: { name: string; type?: "file" | "symlink"; linkname?: string; text?: string }[],
): Promise<Uint8Array> {
  const archive = pack();
  for (const { text, ...header } of members) archive.entry({ type: "file", ...header }, text ?? "");
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part as Buffer);
  return new Uint8Array(Buffer.concat(parts));
}

/** "one line\n", packed by the usual tools: Node has no packers of these kinds. */
const packed = {
  xz: Buffer.from(
    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAIb25lIGxpbmUKAAAAANSWcXF2ltA9AAEhCWwYxdUftvN9AQAAAAAEWVo=",
    "base64",
  ),
  bzip2: Buffer.from("QlpoOTFBWSZTWTP8DMUAAARRAAAQQAACJaAAMQwA0NPRyEeSUXckU4UJAz/AzFA=", "base64"),
  sevenZip: Buffer.from(
    "N3q8ryccAAQtRS3PbwAAAAAAAAAUAAAAAAAAAKRXOeMBAAhvbmUgbGluZQoA4ABcAFpdAACBMweuD86xsaEJCpAPXnG54Cm1ZB28oOI/wxbNsAVNh9JIDmBPCPwtzz1ANsw94yUn7yNb7gKhSuXKQjfKJAGnBo6djBChGQGoRiX87HX/plpNIy4+YAAAAAAXBg0BCWIABwsBAAEhIQEYDF0AAA==",
    "base64",
  ),
  /** The same with a password. */
  secret: Buffer.from(
    "N3q8ryccAASKFKuhfQAAAAAAAAAUAAAAAAAAAIZK20lgGIGUzQ6FjmRQZF9ofSOAAQBoAQQGAAEJEAoBuxuHCQAHCwEAAiQG8QcBElMPKaK611hWz8gzI6dRoP9FoyEhARgBAAwNCQAICgE1PGreAAAFARERAG8AbgBlAC4AbABvAGcAAAAUCgEAUFVPsgt/3QEVBgEAIICkgQAAABcGEAEJbQAHCwEAASEhARgMaQAA",
    "base64",
  ),
};

describe("collectEvidence", () => {
  it.each<[string, () => Promise<[string, Uint8Array]>, string[]]>([
    ["gz", async () => ["auth.log.gz", gzipSync("one\ntwo\n")], ["auth.log.gz!/auth.log"]],
    [
      "multi-member gz",
      async () => ["a.gz", Buffer.concat([gzipSync("one\n"), gzipSync("two\n")])],
      ["a.gz!/a"],
    ],
    ["xz", async () => ["a.log.xz", packed.xz], ["a.log.xz!/a.log"]],
    ["bz2", async () => ["a.log.bz2", packed.bzip2], ["a.log.bz2!/a.log"]],
    ["7z", async () => ["a.7z", packed.sevenZip], ["a.7z!/dir/one.log"]],
    ["zst", async () => ["a.log.zst", zstdCompressSync("one\n")], ["a.log.zst!/a.log"]],
    [
      "zip",
      async () => ["a.zip", await zip({ "x/one.log": "1", "two.log": "2" })],
      ["a.zip!/two.log", "a.zip!/x/one.log"],
    ],
    ["tar", async () => ["a.tar", await tar([{ name: "one.log", text: "1" }])], ["a.tar!/one.log"]],
    [
      "tar.gz",
      async () => ["a.tgz", gzipSync(await tar([{ name: "one.log", text: "1" }]))],
      ["a.tgz!/a.tar!/one.log"],
    ],
    ["nested zip", async () => ["o.zip", await zip({ "gone.txt": "x" })], ["o.zip!/gone.txt"]],
  ])("opens %s", async (_, build, wanted) => {
    put(...(await build()));
    const { items, faults } = await collect();
    expect(items.map(({ path }) => short(path)).sort()).toEqual(wanted);
    expect(faults).toEqual([]);
  });

  it("tries passwords, and the customary ones by itself", async () => {
    put("a.zip", await zip({ "one.log": "1" }, { password: "infected" }));
    put("b.zip", await zip({ "two.log": "2" }, { password: "given" }));
    put("c.zip", await zip({ "three.log": "3" }, { password: "unknown" }));
    const { items, faults } = await collect(["given"]);
    expect(items.map(({ path }) => short(path))).toEqual(["a.zip!/one.log", "b.zip!/two.log"]);
    expect(faults.map(({ path, next }) => [short(path), next])).toEqual([
      ["c.zip!/three.log", "give the password with --password"],
    ]);
  });

  it("writes nothing outside its spool for a member named ../", async () => {
    put("evil.zip", await zip({ "../../outside.log": "x", "/etc/outside.log": "y" }));
    const { items, faults } = await collect();
    expect(faults).toEqual([]);
    expect(items).toHaveLength(2);
    expect(items.every(({ notes }) => notes.some((note) => note.includes("points outside")))).toBe(true);
    expect(readdirSync(dir).sort()).toEqual(["in", "spool"]);
    expect(items.every(({ file, sha256 }) => file === join(dir, "spool", sha256))).toBe(true);
  });

  it("keeps what a truncated gz holds and says that it is damaged", async () => {
    const whole = gzipSync(
      Buffer.from(Array.from({ length: 40_000 }, (_, i) => `line ${i} ${Math.sin(i)}`).join("\n")),
    );
    put("cut.gz", whole.subarray(0, whole.length - 1000));
    const { items, faults } = await collect();
    expect([...items[0]!.notes, ...faults.map(({ reason }) => reason)].join()).toMatch(
      /damaged|unexpected end/,
    );
    expect(readFileSync(items[0]!.file).length).toBeGreaterThan(100_000);
  });

  it.each<[string, Uint8Array]>([
    ["gz", Buffer.concat([gzipSync("one\n"), gzipSync("two\n")])],
    ["zst", Buffer.concat([zstdCompressSync("one\n"), zstdCompressSync("two\n")])],
    ["xz", Buffer.concat([packed.xz, packed.xz])],
    ["bz2", Buffer.concat([packed.bzip2, packed.bzip2])],
  ])("reads all that stands in a %s one after the other", async (kind, bytes) => {
    put(`log.${kind}`, bytes);
    const { items } = await collect();
    expect(items[0]!.notes).toEqual([]);
    expect(readFileSync(items[0]!.file, "utf8").trim().split("\n")).toHaveLength(2);
  });

  it("keeps what stands before something else in a zst, and says so", async () => {
    put("log.zst", Buffer.concat([zstdCompressSync("one\n"), Buffer.from("garbage")]));
    const { items } = await collect();
    expect(readFileSync(items[0]!.file, "utf8")).toBe("one\n");
    expect(items[0]!.notes.join()).toMatch(/^damaged zstd/);
  });

  it("stops an archive bomb and goes on with the other files", async () => {
    put("bomb.gz", gzipSync(Buffer.alloc(300 << 20)));
    put("good.log", "x\n");
    const { items, faults } = await collect();
    expect(items.map(({ path }) => short(path))).toEqual(["good.log"]);
    expect(faults[0]!.reason).toContain("archive bomb");
  });

  it("does not follow links, so that a loop is harmless", async () => {
    put("good.log", "x\n");
    symlinkSync(join(dir, "in"), join(dir, "in", "loop"));
    const { items, faults } = await collect();
    expect(items.map(({ path }) => short(path))).toEqual(["good.log"]);
    expect(faults.map(({ path, reason }) => [short(path), reason])).toEqual([
      ["loop", "symbolic link, not followed"],
    ]);
  });

  it("reads the same bytes once", async () => {
    put("a.log", "same\n");
    put("b.log", "same\n");
    const { items, duplicates } = await collect();
    expect(items.map(({ path }) => short(path))).toEqual(["a.log"]);
    expect(duplicates.map(({ item, of }) => [short(item.path), short(of.path)])).toEqual([
      ["b.log", "a.log"],
    ]);
  });

  it.each<[string, string, Uint8Array, RegExp]>([
    ["a 7z without members", "x.7z", Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4), /damaged/],
    ["a 7z that breaks off", "x.7z", packed.sevenZip.subarray(0, 60), /damaged/],
    ["a 7z with a password", "x.7z", packed.secret, /^encrypted member/],
    ["what only begins like a RAR", "x.rar", Buffer.from("Rar!\u001a\u0007\u0001\u0000junk", "latin1"), /./],
  ])("names %s and goes on", async (_name, file, bytes, reason) => {
    put(file, bytes);
    put("good.log", "x\n");
    const { items, faults } = await collect();
    expect(items.map(({ path }) => short(path))).toEqual(["good.log"]);
    expect(faults).toHaveLength(1);
    expect(faults[0]!.reason).toMatch(reason);
  });

  it.each([
    ["xz", packed.xz],
    ["bz2", packed.bzip2],
  ])("says that a %s is damaged when it breaks off", async (kind, bytes) => {
    put(`cut.${kind}`, bytes.subarray(0, bytes.length - 12));
    const { items } = await collect();
    expect(items[0]!.notes.join()).toMatch(/^damaged \w+ stream: read up to the damage$/);
  });

  it("names a path that does not exist and a folder it may not read", async () => {
    mkdirSync(join(dir, "in", "locked"));
    chmodSync(join(dir, "in", "locked"), 0);
    const { faults } = await collectEvidence([join(dir, "in"), join(dir, "missing")], {
      spoolDir: join(dir, "spool"),
    });
    const reasons = faults.map(({ reason }) => reason);
    expect(reasons).toContain("no such file or folder");
    // The superuser may read everything.
    if (process.getuid?.() !== 0) expect(reasons).toContain("no permission to read");
    chmodSync(join(dir, "in", "locked"), 0o700);
  });

  it("counts empty files and empty archives", async () => {
    put("empty.log", "");
    put("empty-too.log", "");
    put("empty.zip", await zip({}));
    const { items, containers, duplicates } = await collect();
    expect(items.map(({ bytes }) => bytes)).toEqual([0, 0]);
    expect(duplicates).toEqual([]);
    expect(containers.map(({ members }) => members)).toEqual([0]);
  });
});
