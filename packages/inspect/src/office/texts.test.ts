import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bytes } from "../../test/build/bytes.ts";
import { writeCfb } from "../../test/build/cfb.ts";
import { ole1, packaged } from "../../test/build/ole1.ts";
import { vbaStreams } from "../../test/build/vba.ts";
import { idsOf, inspect } from "../../test/check.ts";

describe("RTF", () => {
  const object = (hex: string, words = "\\objemb") =>
    `{\\rtf1\\ansi Hello{\\object${words}{\\*\\objdata ${hex}}}}`;

  it("a plain one has no sign, in a name of Word's too", async () => {
    const report = await inspect(
      '{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}Dear all,\\par see {\\field{\\*\\fldinst HYPERLINK "https://www.example/"}{\\fldrslt here}}}',
      "a.doc",
    );
    expect(report).toMatchObject({ type: { id: "rtf" }, verdict: "no sign found", features: ["hyperlinks"] });
    expect(report.type.nameLies).toBeUndefined();
  });

  it.each([
    ["a packaged text", object(ole1("Package", packaged("a.txt", bytes("hello")))), ["embedded-object"]],
    [
      "a packaged script",
      object(ole1("Package", packaged("a.vbs", bytes("MsgBox 1")))),
      ["embedded-executable", "embedded-object"],
    ],
    [
      "the old Equation Editor",
      object(ole1("Equation.3", new Uint8Array(40))),
      ["embedded-object", "equation-object"],
    ],
    [
      "a link that updates itself",
      object(ole1("OLE2Link", bytes("x"), "http://files.example/a.hta"), "\\objautlink\\objupdate"),
      ["dangerous-link", "embedded-object", "external-relation-remote", "ole2link", "rtf-object-update"],
    ],
    ["a remote template", "{\\rtf1{\\*\\template http://files.example/a.dotm}x}", ["external-template"]],
    [
      "a DDE field",
      '{\\rtf1{\\field{\\*\\fldinst {DDE}{AUTO cmd "/c calc"}}{\\fldrslt x}}}',
      ["dde", "dde-command"],
    ],
    ["a header that is cut short", "{\\rtx hello}", []],
  ])("%s", async (_name, text, expected) => {
    const ids = idsOf(await inspect(text, "a.rtf")).filter(
      (id) => id !== "name-lies" && id !== "rtf-obfuscation",
    );
    expect(ids).toEqual(expected.filter((id) => id !== "dangerous-link"));
  });

  it("data in disguise is read", async () => {
    const hex = ole1("Package", packaged("a.vbs", bytes("MsgBox 1")));
    const report = await inspect(
      `{\\rt {\\object{\\*\\objdata ${hex.replace(/../g, "$&\n {\\*\\x y}")}}}}`,
      "a.rtf",
    );
    expect(idsOf(report)).toEqual(expect.arrayContaining(["embedded-executable", "rtf-obfuscation"]));
  });

  it("an overlong font name in the Equation Editor's data is an exploit", async () => {
    const data = bytes([3, 1, 1, 3, 10], [8, 0x5a, 0], "A".repeat(60), 0);
    const report = await inspect(object(ole1("Equation.3", data)), "a.rtf");
    expect(idsOf(report)).toContain("equation-exploit");
    expect(report.verdict).toBe("malicious");
  });

  it("groups without end are read in time", async () => {
    expect((await inspect(`{\\rtf1 ${"{\\a".repeat(100_000)}`, "a.rtf")).type.id).toBe("rtf");
  });
});

describe("SYLK and separated values", () => {
  it("a macro sheet in SYLK", async () => {
    const text =
      'ID;PWXL;N;E\nO;E\nNN;NAuto_open;ER101C1;KOut Flank;F\nC;X1;Y101;K0;EEXEC("calc.exe")\nC;X1;Y102;K0;EHALT()\nE\n';
    const report = await inspect(text, "a.slk");
    expect(report.type.id).toBe("sylk");
    expect(report.features).toContain("xlm-macros");
    expect(idsOf(report)).toEqual(["xlm-auto-run", "xlm-execution", "xlm-macros"]);
  });

  it("a plain SYLK table", async () => {
    expect(await inspect("ID;PWXL;N;E\nC;X1;Y1;K1\nC;X2;Y1;K2;EA1+1\nE\n", "a.slk")).toMatchObject({
      verdict: "no sign found",
      features: [],
    });
  });

  it.each([
    ["=cmd|'/c calc'!A0", ["dde", "dde-command"]],
    ["\"=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc'!A1\"", ["dde", "dde-command"]],
    ["1,2,3", []],
    ["a|b!c", []],
  ])("the cell %s", async (cell, expected) => {
    expect(idsOf(await inspect(`name,value\nx,${cell}\n`, "a.csv"))).toEqual(expected);
  });
});

describe("documents as one XML file", () => {
  it("macros in Word 2003 XML", async () => {
    const project = writeCfb(
      vbaStreams({ modules: [{ name: "M", code: "Sub AutoOpen()\nEnd Sub\n" }] }, "VBA_project/"),
    );
    const mime = bytes("ActiveMime", new Uint8Array(40), deflateSync(project));
    const text = `<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:docSuppData><w:binData w:name="editdata.mso">${Buffer.from(mime).toString("base64")}</w:binData></w:docSuppData></w:wordDocument>`;
    const report = await inspect(text, "a.doc");
    expect(report).toMatchObject({ type: { id: "word-xml" }, verdict: "suspicious" });
    expect(report.features).toContain("vba-macros");
  });

  it("DDE in Excel 2003 XML", async () => {
    const text = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns:ss="s"><Cell ss:Formula="=cmd|'/c calc'!A0"/></Workbook>`;
    expect(idsOf(await inspect(text, "a.xml"))).toEqual(["dde", "dde-command"]);
  });
});
