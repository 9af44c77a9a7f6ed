import { describe, expect, it } from "vitest";
import { writeCfb } from "../../test/build/cfb.ts";
import { vbaStreams } from "../../test/build/vba.ts";
import { writeOoxml } from "../../test/build/zip.ts";
import { idsOf, inspect } from "../../test/check.ts";

const word = "openxmlformats-officedocument.wordprocessingml.document.main";
const excel = "openxmlformats-officedocument.spreadsheetml.sheet.main";
const excelMacro = "ms-excel.sheet.macroEnabled.main";
const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function relations(...items: [kind: string, target: string, mode?: string][]): string {
  const lines = items.map(
    ([kind, target, mode], i) =>
      `<Relationship Id="rId${i + 1}" Type="${kind.includes(":") ? kind : `${relation}/${kind}`}" Target="${target}"${mode === undefined ? "" : ` TargetMode="${mode}"`}/>`,
  );
  return `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join("")}</Relationships>`;
}

function document(body: string, more: Record<string, string | Uint8Array> = {}): Uint8Array {
  return writeOoxml("word/document.xml", word, {
    "word/document.xml": `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}

describe("Word documents", () => {
  it("a plain one has no sign; namespaces are no observables", async () => {
    const report = await inspect(document("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>"), "a.docx");
    expect(report).toMatchObject({
      verdict: "no sign found",
      type: { id: "word-ooxml" },
      reasons: [],
      observables: [],
    });
  });

  it.each([
    ["a simple field", '<w:fldSimple w:instr="DDEAUTO excel sheet"/>', ["dde"]],
    [
      "a field in pieces",
      '<w:fldChar w:fldCharType="begin"/><w:instrText> DDE</w:instrText><w:instrText>AUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"</w:instrText><w:fldChar w:fldCharType="end"/>',
      ["dde", "dde-command"],
    ],
    [
      "a field of numbers",
      '<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="begin"/><w:instrText>QUOTE 68 68 69</w:instrText><w:fldChar w:fldCharType="end"/><w:instrText> excel x</w:instrText><w:fldChar w:fldCharType="end"/>',
      ["dde"],
    ],
    ["a link", '<w:fldSimple w:instr="HYPERLINK &quot;https://www.example/&quot;"/>', []],
  ])("%s", async (_name, body, expected) => {
    expect(idsOf(await inspect(document(body), "a.docx"))).toEqual(expected);
  });

  it.each([
    ["attachedTemplate", "http://files.example/t.dotm", ["external-template"]],
    ["attachedTemplate", "file:///C:\\Templates\\Normal.dotm", ["external-relation"]],
    ["oleObject", "https://files.example/a.xlsx", ["external-relation-remote"]],
    [
      "oleObject",
      "mhtml:http://files.example/a!x-usc:http://files.example/a",
      ["external-relation-remote", "external-script-link"],
    ],
    ["frame", "\\\\files.example\\share\\a.htm", ["external-relation-remote"]],
    ["image", "http://files.example/a.png", ["external-image"]],
    ["hyperlink", "https://www.example/", []],
    ["hyperlink", "ms-msdt:/id PCWDiagnostic", ["external-script-link"]],
  ])("an external %s to %s", async (kind, target, expected) => {
    const report = await inspect(
      document("", { "word/_rels/document.xml.rels": relations([kind, target, "External"]) }),
      "a.docx",
    );
    expect(idsOf(report)).toEqual(expected);
    expect(report.features).toContain(kind === "hyperlink" ? "hyperlinks" : "external-links");
  });

  it("macros in a package", async () => {
    const project = writeCfb(
      vbaStreams({ modules: [{ name: "NewMacros", code: "Sub AutoOpen()\nEnd Sub\n" }] }),
    );
    const report = await inspect(document("", { "word/vbaProject.bin": project }), "a.docm");
    expect(report.type.id).toBe("word-ooxml");
    expect(report.features).toContain("vba-macros");
    expect(idsOf(report)).toContain("vba-auto-run");
  });

  it("an embedded workbook is told and examined", async () => {
    const inner = writeOoxml("xl/workbook.xml", excel, { "xl/workbook.xml": "<workbook/>" });
    const report = await inspect(document("", { "word/embeddings/Book1.xlsx": inner }), "a.docx");
    expect(report).toMatchObject({ verdict: "no sign found", features: ["embedded-objects"] });
    expect(report.parts[0]!.type.id).toBe("excel-ooxml");
  });
});

describe("Excel workbooks", () => {
  const book = (sheets: string, more: Record<string, string> = {}) =>
    writeOoxml("xl/workbook.xml", excelMacro, {
      // The workbook comes after what it describes: order in the package is free.
      ...more,
      "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${sheets}</sheets><definedNames><definedName name="_xlnm.Auto_Open" hidden="1">Macro1!$A$1</definedName></definedNames></workbook>`,
    });

  it("a very hidden macro sheet with Auto_Open", async () => {
    const report = await inspect(
      book('<sheet name="S" r:id="rId1"/><sheet name="Macro1" state="veryHidden" r:id="rId2"/>', {
        "xl/macrosheets/sheet1.xml":
          '<xm:macrosheet xmlns:xm="m"><sheetData><row><c r="A1"><f>EXEC("calc.exe")</f><v>33</v></c><c r="A2"><f>HALT()</f></c></row></sheetData></xm:macrosheet>',
        "xl/_rels/workbook.xml.rels": relations(
          ["worksheet", "worksheets/sheet1.xml"],
          ["http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml"],
        ),
      }),
      "a.xlsm",
    );
    expect(report.type.id).toBe("excel-ooxml-macro");
    expect(idsOf(report)).toEqual(["xlm-auto-run", "xlm-execution", "xlm-hidden-sheet", "xlm-macros"]);
    expect(report.features).toEqual(expect.arrayContaining(["xlm-macros", "very-hidden-sheets"]));
    expect(report.parts[0]!.source).toBe('A1: =EXEC("calc.exe")  [33]\nA2: =HALT()');
  });

  it("DDE links and formulas", async () => {
    const link =
      '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems/></ddeLink></externalLink>';
    expect(idsOf(await inspect(book("", { "xl/externalLinks/externalLink1.xml": link }), "a.xlsx"))).toEqual(
      expect.arrayContaining(["dde", "dde-command"]),
    );
  });
});
