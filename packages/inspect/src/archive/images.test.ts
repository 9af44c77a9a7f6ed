import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cab, iso, oneNote, tar } from "../../test/build/archives.ts";
import { bytes } from "../../test/build/bytes.ts";
import { writeCfb } from "../../test/build/cfb.ts";
import { idsOf, inspect } from "../../test/check.ts";

const script = 'CreateObject("WScript.Shell").Run "cmd /c dir"\n';

describe("what holds files is unpacked", () => {
  it.each([
    ["gz", new Uint8Array(gzipSync(script)), "gzip", "a.gz!/a"],
    ["zst", new Uint8Array(zstdCompressSync(script)), "zstd", "a.zst!/a"],
    ["tar", tar("run.vbs", script), "tar", "a.tar!/run.vbs"],
    ["tgz", new Uint8Array(gzipSync(tar("run.vbs", script))), "gzip", "a.tgz!/a.tar!/run.vbs"],
    ["iso", iso("RUN.VBS", script), "iso", "a.iso!/RUN.VBS"],
    ["cab", cab("run.vbs", script), "cab", "a.cab!/run.vbs"],
    [
      "one",
      oneNote(`<html><hta:application/><script language="vbscript">${script}</script></html>`),
      "onenote",
      undefined,
    ],
    [
      "msi",
      writeCfb({ "Binary.run": bytes(script) }, { "": "000c1084-0000-0000-c000-000000000046" }),
      "msi",
      "a.msi!/Binary.run",
    ],
  ])("%s", async (extension, content, type, place) => {
    const report = await inspect(content, `a.${extension}`);
    expect(report.type.id).toBe(type);
    expect(idsOf(report)).toContain("script-execution");
    if (place !== undefined) expect(report.reasons.map(({ where }) => where.part)).toContain(place);
  });

  it.each([
    ["tar", tar("a.txt", "x".repeat(2000)).slice(0, 1000)],
    ["iso", iso("A.TXT", "x".repeat(5000)).slice(0, 19 * 2048 + 100)],
    ["cab", cab("a.txt", "hello").slice(0, 70)],
    ["gz", new Uint8Array(gzipSync("hello hello")).slice(0, 20)],
    ["7z", bytes([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4], new Uint8Array(40))],
    ["rar", bytes("Rar!\x1a\x07\x01\x00", new Uint8Array(40))],
  ])("%s cut off or not unpacked is unknown", async (extension, content) => {
    expect((await inspect(content, `a.${extension}`)).verdict).toBe("unknown");
  });

  it("a bomb ends", async () => {
    const report = await inspect(new Uint8Array(gzipSync(new Uint8Array(64 * 2 ** 20))), "a.gz");
    expect(idsOf(report)).toContain("archive-bomb");
  });
});
