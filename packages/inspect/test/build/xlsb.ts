/** Writes parts of binary workbooks ([MS-XLSB]): records with variable-length type and size. */
import { bytes, le16, le32, wide } from "./bytes.ts";
import { writeOoxml } from "./zip.ts";

function record12(type: number, data: Uint8Array): Uint8Array {
  const id = type < 128 ? [type] : [(type & 0x7f) | 0x80, type >> 7];
  const size: number[] = [];
  for (let rest = data.length; ; rest >>= 7) {
    size.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) break;
  }
  return bytes(id, size, data);
}

const counted = (text: string) => bytes(le32(text.length), wide(text));

/** A formula that gives a number, in column A of its row. */
function formulaCell(formula: Uint8Array): Uint8Array {
  return record12(
    9,
    bytes(le32(0), le32(0), new Uint8Array(8), le16(0), le32(formula.length), formula, le32(0)),
  );
}

/** A workbook with a sheet and a very hidden macro sheet of these formulas, an automatic name and a DDE link. */
export function writeXlsb(formulas: readonly Uint8Array[]): Uint8Array {
  const sheet = (name: string, relation: string, state: number) =>
    record12(156, bytes(le32(state), le32(1), counted(relation), counted(name)));
  const automatic = record12(
    39,
    bytes(le32(0x21), 0, le32(0xffffffff), counted("_xlnm.Auto_Open"), le32(0), le32(0), le32(0xffffffff)),
  );
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.microsoft.com/office/2006/relationships/${kind}" Target="${target}"/>`;
  return writeOoxml("xl/workbook.bin", "ms-excel.sheet.binary.macroEnabled.main", {
    "xl/macrosheets/sheet1.bin": bytes(
      ...formulas.flatMap((formula, row) => [
        record12(0, bytes(le32(row), new Uint8Array(13))),
        formulaCell(formula),
      ]),
    ),
    "xl/externalLinks/externalLink1.bin": record12(360, bytes(le16(1), counted("cmd"), counted("/c calc"))),
    "xl/_rels/workbook.bin.rels": `<Relationships>${relation("rId1", "worksheet", "worksheets/sheet1.bin")}${relation("rId2", "xlMacrosheet", "macrosheets/sheet1.bin")}</Relationships>`,
    "xl/workbook.bin": bytes(
      record12(131, bytes()),
      sheet("Sheet1", "rId1", 0),
      sheet("Macro1", "rId2", 2),
      automatic,
    ),
  });
}
