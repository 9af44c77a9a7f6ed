import { describe, expect, it } from "vitest";
import { writeZip } from "../../test/build/zip.ts";
import { idsOf, inspect } from "../../test/check.ts";

describe("ZIP archives", () => {
  it("members are parts, nested ones too", async () => {
    const inner = writeZip({ "c.vbs": 'CreateObject("WScript.Shell").Run "cmd /c dir"\n' });
    const report = await inspect(writeZip({ "a.txt": "hello", "b/inner.zip": inner }), "a.zip");
    expect(report.parts.map(({ name, type }) => [name, type.id])).toEqual([
      ["a.txt", "text"],
      ["b/inner.zip", "zip"],
    ]);
    expect(report.reasons.map(({ where }) => where.part)).toContain("a.zip!/b/inner.zip!/c.vbs");
  });

  it("a lone script in a parcel is a lure; many files with a program are software", async () => {
    expect(idsOf(await inspect(writeZip({ "invoice.js": "var a = 1;" }), "a.zip"))).toContain(
      "archive-lure-single",
    );
    const software = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.txt`, `text ${i}`]));
    expect(
      await inspect(writeZip({ ...software, "run.cmd": "@echo off\necho hi\n" }), "a.zip"),
    ).toMatchObject({
      verdict: "no sign found",
    });
  });

  it.each([
    ["../../evil.txt", "archive-traversal"],
    ["invoice.pdf.exe", "double-extension"],
    ["invoice\u202efdp.exe", "name-direction"],
    [`invoice.pdf${" ".repeat(30)}.scr`, "name-padding"],
  ])("the name %j", async (name, sign) => {
    expect(idsOf(await inspect(writeZip({ [name]: "MZ" }), "a.zip"))).toContain(sign);
  });

  it("a bomb is not unpacked", async () => {
    const report = await inspect(writeZip({ "zeros.bin": new Uint8Array(40 * 2 ** 20) }), "a.zip");
    expect(idsOf(report)).toContain("archive-bomb");
    expect(report.notes.map(({ code }) => code)).toContain("size-limit");
  });

  it("a cut archive gives its whole members, and is unknown", async () => {
    const whole = writeZip({ "a.txt": "hello", "b.txt": "x".repeat(1000) });
    const report = await inspect(whole.slice(0, 60), "a.zip");
    expect(report).toMatchObject({ verdict: "unknown", parts: [{ name: "a.txt" }] });
  });
});
