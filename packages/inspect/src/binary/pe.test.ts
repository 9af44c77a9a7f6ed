import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bytes } from "../../test/build/bytes.ts";
import { pe } from "../../test/build/pe.ts";
import { writeZip } from "../../test/build/zip.ts";
import { idsOf, inspect } from "../../test/check.ts";

const usual = {
  "KERNEL32.dll": ["ExitProcess", "GetStdHandle", "WriteFile"],
  "USER32.dll": ["MessageBoxA", "LoadIconA"],
};
const noise = Uint8Array.from({ length: 16_384 }, (_, i) => createHash("md5").update(String(i)).digest()[0]!);

describe("PE", () => {
  it("a plain program has no sign; the imphash is pefile's", async () => {
    const report = await inspect(pe({ imports: { ...usual, "WS2_32.dll": [115, 23, 9999] } }), "a.exe");
    expect(report).toMatchObject({ verdict: "no sign found", type: { id: "pe-exe" }, reasons: [] });
    const names =
      "kernel32.exitprocess,kernel32.getstdhandle,kernel32.writefile,user32.messageboxa,user32.loadicona,ws2_32.wsastartup,ws2_32.socket,ws2_32.ord9999";
    expect(report.hashes.imphash).toBe(createHash("md5").update(names).digest("hex"));
  });

  it.each([
    ["a packer's section", { imports: usual, sectionName: "UPX0" }, ["pe-packed"]],
    ["code that looks encrypted", { imports: usual, code: noise }, ["pe-packed"]],
    [
      "functions for other processes",
      {
        imports: {
          "KERNEL32.dll": [
            "VirtualAllocEx",
            "WriteProcessMemory",
            "CreateRemoteThread",
            "OpenProcess",
            "ExitProcess",
          ],
        },
      },
      ["pe-injection-imports"],
    ],
    ["hardly any imports", { imports: { "KERNEL32.dll": ["LoadLibraryA"] } }, ["pe-odd-section"]],
  ])("%s", async (_name, spec, expected) => {
    const report = await inspect(pe(spec), "a.exe");
    expect(idsOf(report)).toEqual(expected);
    expect(report.verdict).toBe("no sign found");
  });

  it("a program in the name of a document", async () => {
    const report = await inspect(pe({ imports: usual }), "invoice.pdf");
    expect(report.type.nameLies).toMatchObject({ extension: "pdf" });
    expect(idsOf(report)).toEqual(["name-lies-program"]);
    expect(report.verdict).toBe("suspicious");
  });

  it("an archive behind the program is a part", async () => {
    const report = await inspect(pe({ imports: usual, overlay: writeZip({ "a.txt": "hello" }) }), "a.exe");
    expect(report.features).toEqual(expect.arrayContaining(["overlay", "self-extracting"]));
    expect(report.parts).toMatchObject([
      { kind: "overlay", type: { id: "zip" }, parts: [{ name: "a.txt" }] },
    ]);
  });

  it("cut off it is unknown", async () => {
    expect((await inspect(pe({ imports: usual }).slice(0, 0x500), "a.exe")).verdict).toBe("unknown");
  });

  it("a library by its header, two letters are no program", async () => {
    expect((await inspect(pe({ isLibrary: true, imports: usual }), "a.dll")).type.id).toBe("pe-dll");
    expect((await inspect(bytes("MZ is how this text begins, no more"), "a.txt")).type.id).toBe("text");
  });
});
