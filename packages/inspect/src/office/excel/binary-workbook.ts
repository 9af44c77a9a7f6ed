/** Parts of a binary workbook ([MS-XLSB] 2.1.4): record types and sizes are variable-length numbers. */
import { slice, u8, u16, u32, utf16 } from "../../bytes.ts";
import type { Part } from "../../part.ts";
import { judgeDdeLink } from "../dde.ts";
import { cellName, formulaText } from "./formula.ts";
import { judgeDefinedName, judgeSheets, judgeXlmFunctions, type SheetInfo } from "./xlm.ts";

interface Record12 {
  readonly type: number;
  readonly data: Uint8Array;
  readonly at: number;
}

const macroLinesMax = 5000;
const visibilities: SheetInfo["visibility"][] = ["visible", "hidden", "very-hidden"];

function* records12(bytes: Uint8Array): Generator<Record12> {
  for (let at = 0; at < bytes.length; ) {
    const start = at;
    let type = u8(bytes, at++);
    if (type & 0x80) type = (type & 0x7f) | ((u8(bytes, at++) & 0x7f) << 7);
    let size = 0;
    for (let i = 0; i < 4; i++) {
      const byte = u8(bytes, at++);
      size |= (byte & 0x7f) << (7 * i);
      if ((byte & 0x80) === 0) break;
    }
    yield { type, at: start, data: slice(bytes, at, at + size) };
    at += size;
  }
}

/** A counted UTF-16 text; 0xFFFFFFFF characters stand for none ([MS-XLSB] 2.5.166). */
function counted(data: Uint8Array, at: number): { text: string; end: number } {
  const count = u32(data, at);
  if (count === 0xffffffff || count > 32_767) return { text: "", end: at + 4 };
  return { text: utf16(data, at + 4, at + 4 + 2 * count), end: at + 4 + 2 * count };
}

/** Sheets and defined names; `macroSheets` has the relation ids of macro sheets. */
export function examineBinaryWorkbook(
  part: Part,
  member: string,
  bytes: Uint8Array,
  macroSheets: ReadonlySet<string>,
): void {
  part.run.budget.addBytes(bytes.length);
  const sheets: SheetInfo[] = [];
  for (const { type, data, at } of records12(bytes)) {
    if (type === 156) {
      const relation = counted(data, 8);
      const { text } = counted(data, relation.end);
      sheets.push({
        name: text,
        kind: macroSheets.has(relation.text) ? "macro-sheet" : "worksheet",
        visibility: visibilities[u32(data, 0) & 3] ?? "very-hidden",
      });
    } else if (type === 39) {
      const name = counted(data, 9);
      const formula = slice(data, name.end + 4, name.end + 4 + u32(data, name.end));
      judgeDefinedName(part, name.text, formulaText(formula, 12).text, { member, offset: at });
    }
  }
  judgeSheets(part, sheets);
}

/** Links to other workbooks, and by DDE or OLE to programs ([MS-XLSB] 2.4.205 BrtBeginSupBook). */
export function examineBinaryLink(part: Part, member: string, bytes: Uint8Array): void {
  part.run.budget.addBytes(bytes.length);
  part.features.add("external-links");
  for (const { type, data, at } of records12(bytes)) {
    if (type !== 360) continue;
    const first = counted(data, 2);
    const second = counted(data, first.end);
    if (u16(data, 0) === 1) judgeDdeLink(part, first.text, second.text, { member, offset: at });
    else if (u16(data, 0) === 2) {
      part.features.add("linked-objects");
      part.sign("linked-object", first.text, { member, offset: at });
    }
  }
}

/** Cells with formulas are the records 8 to 11 ([MS-XLSB] 2.4.671 and following): column, style, value, flags, formula. */
export async function examineBinarySheet(part: Part, member: string, bytes: Uint8Array): Promise<void> {
  part.features.add("xlm-macros");
  if (!part.hasSign("xlm-macros")) part.sign("xlm-macros", member, { member });
  const lines: string[] = [];
  let row = 0;
  for (const { type, data, at } of records12(bytes)) {
    if (lines.length >= macroLinesMax) {
      part.note(
        "macro-sheet-cut",
        `${member} has more than ${macroLinesMax} formulas; the rest is left out`,
        true,
      );
      break;
    }
    if (type === 0) row = u32(data, 0);
    if (type < 8 || type > 11) continue;
    const valueEnd = 8 + [counted(data, 8).end - 8, 8, 1, 1][type - 8]!;
    const formulaAt = valueEnd + 2;
    const formula = slice(data, formulaAt + 4, formulaAt + 4 + u32(data, formulaAt));
    const { text, functions, isWhole } = formulaText(formula, 12);
    const cell = cellName(row, u16(data, 0));
    judgeXlmFunctions(part, functions, `${cell}: =${text}`, { member, offset: at });
    lines.push(`${cell}: =${text}${isWhole ? "" : " …"}`);
  }
  if (lines.length === 0) return;
  const source = lines.join("\n");
  await part.child(`XLM/${member.split("/").at(-1)}`, new Uint8Array(Buffer.from(source)), {
    kind: "sheet",
    typeId: "text",
    source,
  });
}
