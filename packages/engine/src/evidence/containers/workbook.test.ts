import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { afterAll, describe, expect, it } from "vitest";
import { collectEvidence } from "../collect.ts";

const dir = mkdtempSync(join(tmpdir(), "firebreak-workbook-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const workbook = (properties = "") =>
  `<?xml version="1.0"?><workbook ${main} xmlns:r="urn:r">${properties}<sheets><sheet name="Sign-ins" sheetId="1" r:id="rId1"/></sheets></workbook>`;
const parts = {
  "[Content_Types].xml": "<Types/>",
  "xl/workbook.xml": workbook(),
  "xl/_rels/workbook.xml.rels":
    '<Relationships><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>',
  "xl/styles.xml": `<styleSheet ${main}><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/><numFmt numFmtId="171" formatCode="[Red]0.0&quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/><xf numFmtId="171"/><xf numFmtId="21"/></cellXfs></styleSheet>`,
  "xl/sharedStrings.xml": `<sst ${main}><si><t>Time</t></si><si><r><t>Us</t></r><r><t xml:space="preserve">er </t></r></si><si/></sst>`,
};
const sheet = (rows: string) =>
  `<worksheet ${main}><cols><col min="1"/></cols><sheetData>${rows}</sheetData></worksheet>`;

async function tables(rows: string, others: Record<string, string> = {}) {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  const all = { ...parts, "xl/worksheets/sheet1.xml": sheet(rows), ...others };
  for (const [name, text] of Object.entries(all)) await writer.add(name, new TextReader(text));
  const file = join(dir, "log.xlsx");
  writeFileSync(file, await writer.close());
  const found = await collectEvidence([file], { spoolDir: join(dir, "spool") });
  return {
    ...found,
    texts: found.items.map(({ path, file: spooled }) => [path.split("!/")[1], readFileSync(spooled, "utf8")]),
  };
}

describe("a workbook", () => {
  it.each<[string, string, string]>([
    [
      "shared texts, also of several runs",
      '<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
      "Time,User \r\n",
    ],
    [
      "dates with a clock to the millisecond",
      '<row><c r="A1" s="1"><v>45356.426412303241</v></c></row>',
      "2024-03-05 10:14:02.023\r\n",
    ],
    ["dates alone", '<row><c r="A1" s="2"><v>45356</v></c></row>', "2024-03-05\r\n"],
    ["clocks alone", '<row><c r="A1" s="4"><v>0.5</v></c></row>', "12:00:00\r\n"],
    ["numbers with words in their format", '<row><c r="A1" s="3"><v>45356.5</v></c></row>', "45356.5\r\n"],
    ["gaps between cells", '<row><c r="B1"><v>1</v></c><c r="D1"><v>2</v></c></row><row/>', ",1,,2\r\n"],
    [
      "inline texts with commas and quotes",
      '<row><c t="inlineStr"><is><t>a, "b" &amp; c</t></is></c></row>',
      '"a, ""b"" & c"\r\n',
    ],
    [
      "truth, faults and results",
      '<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>x</v></c></row>',
      "true,#N/A,x\r\n",
    ],
    ["a row that is not closed", "<row><c><v>1</v></c></row><row><c><v>2</v></c>", "1\r\n"],
    ["nothing", "", ""],
  ])("gives %s", async (_name, rows, text) => {
    const { texts, faults } = await tables(rows);
    expect(texts).toEqual([["Sign-ins.csv", text]]);
    expect(faults).toEqual([]);
  });

  it("counts days from 1904 where it says so", async () => {
    const { texts } = await tables('<row><c r="A1" s="2"><v>43894</v></c></row>', {
      "xl/workbook.xml": workbook('<workbookPr date1904="1"/>'),
    });
    expect(texts).toEqual([["Sign-ins.csv", "2024-03-05\r\n"]]);
  });

  it("is read with a prefix too", async () => {
    const { texts } = await tables("", {
      "xl/worksheets/sheet1.xml":
        '<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    });
    expect(texts).toEqual([["Sign-ins.csv", "7\r\n"]]);
  });

  it("says that a sheet breaks off, and that one is not there", async () => {
    const cut = await tables("<row><c><v>1</v></c></row><row><c><v>2</v></c>");
    expect(cut.items[0]!.notes.join()).toContain("breaks off inside a row");
    const whole = await tables("<row><c><v>1</v></c></row>");
    expect(whole.items[0]!.notes.join()).not.toContain("breaks off");
    const missing = await tables("", {
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="rId1" Type="t" Target="worksheets/other.xml"/></Relationships>',
    });
    expect(missing.faults.map(({ reason }) => reason)).toEqual([
      "the workbook names this sheet and does not hold it",
    ]);
    const empty = await tables("", { "xl/_rels/workbook.xml.rels": "" });
    expect(empty.faults.map(({ reason }) => reason)).toEqual(["no sheet of the workbook could be found"]);
  });

  it("ends soon when nothing in it is closed", async () => {
    const { texts } = await tables("<row><c>".repeat(200_000));
    expect(texts).toEqual([["Sign-ins.csv", ""]]);
  });
});
