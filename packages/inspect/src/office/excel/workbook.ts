/** The workbook stream of a BIFF5 or BIFF8 file ([MS-XLS]): sheets, names, macro formulas, links to elsewhere. */
import { fromLatin1, latin1, u8, u16, u32 } from "../../bytes.ts";
import { observeUrl } from "../../observables/collect.ts";
import type { Part } from "../../part.ts";
import { decryptWorkbook } from "../crypto/biff.ts";
import { judgeLink } from "../links.ts";
import { monikerUrl } from "../objects/moniker.ts";
import { type BiffVersion, cellName, formulaText } from "./formula.ts";
import { type BiffRecord, biffRecords, flaggedText, recordType } from "./records.ts";
import { examineSupBook } from "./sup-book.ts";
import {
  judgeDefinedName,
  judgeSheets,
  judgeXlmFunctions,
  type SheetInfo,
  type SheetVisibility,
} from "./xlm.ts";

const sheetKinds: Record<number, SheetInfo["kind"]> = {
  0: "worksheet",
  1: "macro-sheet",
  2: "chart",
  6: "vba-module",
};
const visibilities: SheetVisibility[] = ["visible", "hidden", "very-hidden"];
/** [MS-XLS] 2.5.66: built-in names are stored as one character. */
const builtInNames: Record<number, string> = {
  1: "Auto_Open",
  2: "Auto_Close",
  6: "Print_Area",
  7: "Print_Titles",
  10: "Auto_Activate",
  11: "Auto_Deactivate",
  13: "_FilterDatabase",
};
const macroLinesMax = 5000;

interface Sheet extends SheetInfo {
  at: number;
}

export async function examineWorkbook(part: Part, stored: Uint8Array): Promise<void> {
  const bytes = decryptWorkbook(part, stored);
  if (bytes === undefined) return;
  const version: BiffVersion = u16(bytes, 4) === 0x0600 ? 8 : 5;
  const sheets: Sheet[] = [];
  const names: string[] = [];
  const nameRecords: BiffRecord[] = [];
  let seen = 0;
  for (const record of biffRecords(bytes)) {
    if (++seen % 4096 === 0) part.run.budget.check();
    if (record.type === recordType.boundSheet) sheets.push(readSheet(record, version));
    else if (record.type === recordType.name) {
      nameRecords.push(record);
      names.push(readName(record.data, version).name);
    } else if (record.type === recordType.supBook) examineSupBook(part, record);
    else if (record.type === recordType.externName) part.features.add("external-names");
    else if (record.type === recordType.hyperlink) examineHyperlink(part, record);
  }
  judgeSheets(
    part,
    sheets.map(({ name, kind, visibility }) => ({ name, kind, visibility })),
  );
  for (const record of nameRecords) {
    const { name, formula } = readName(record.data, version);
    const { text } = formulaText(formula, version, (index) => names[index - 1]);
    judgeDefinedName(part, name, text, { member: "Workbook", offset: record.at });
  }
  await examineMacroSheets(part, bytes, { version, sheets, names });
}

function readSheet({ data }: BiffRecord, version: BiffVersion): Sheet {
  const count = u8(data, 6);
  const name = version === 8 ? flaggedText(data, 7, count).text : latin1(data, 7, 7 + count);
  return {
    name,
    at: u32(data, 0),
    kind: sheetKinds[u8(data, 5)] ?? "unknown",
    visibility: visibilities[u8(data, 4) & 3] ?? "very-hidden",
  };
}

/** [MS-XLS] 2.4.150. */
function readName(data: Uint8Array, version: BiffVersion): { name: string; formula: Uint8Array } {
  const isBuiltIn = (u16(data, 0) & 0x20) !== 0;
  const count = u8(data, 3);
  const { text, end } =
    version === 8 ? flaggedText(data, 14, count) : { text: latin1(data, 14, 14 + count), end: 14 + count };
  // A built-in name may be followed by anything: Excel compares its first character only.
  const name = isBuiltIn ? (builtInNames[text.charCodeAt(0)] ?? `built-in ${text.charCodeAt(0)}`) : text;
  return { name, formula: data.subarray(Math.min(end, data.length), end + u16(data, 4)) };
}

function examineHyperlink(part: Part, record: BiffRecord): void {
  const url = monikerUrl(record.data);
  if (url === undefined) return;
  part.features.add("hyperlinks");
  observeUrl(part, url, { offset: record.at });
  judgeLink(part, url, { offset: record.at });
}

/** Formulas and texts of macro sheets, as a listing that is a part of its own. */
async function examineMacroSheets(
  part: Part,
  bytes: Uint8Array,
  book: { version: BiffVersion; sheets: readonly Sheet[]; names: readonly string[] },
): Promise<void> {
  for (const sheet of book.sheets) {
    if (sheet.kind !== "macro-sheet") continue;
    const lines: string[] = [];
    let depth = 0;
    for (const record of biffRecords(bytes, sheet.at)) {
      if (record.type === recordType.bof) depth++;
      else if (record.type === 0x0a && --depth <= 0) break;
      if (lines.length >= macroLinesMax) {
        part.note(
          "macro-sheet-cut",
          `${sheet.name} has more than ${macroLinesMax} formulas; the rest is left out`,
          true,
        );
        break;
      }
      const line = macroLine(part, record, sheet.name, book);
      if (line !== undefined) lines.push(line);
    }
    if (lines.length === 0) continue;
    const source = lines.join("\n");
    await part.child(`XLM/${sheet.name}`, fromUtf8(source), { kind: "sheet", typeId: "text", source });
  }
}

function macroLine(
  part: Part,
  record: BiffRecord,
  sheet: string,
  { version, names }: { version: BiffVersion; names: readonly string[] },
): string | undefined {
  const { type, data, at } = record;
  const cell = cellName(u16(data, 0), u16(data, 2));
  if (type === recordType.string) {
    const { text } =
      version === 8 ? flaggedText(data, 2, u16(data, 0)) : { text: latin1(data, 2, 2 + u16(data, 0)) };
    return `  result: ${JSON.stringify(text)}`;
  }
  if (type === recordType.label) {
    const { text } =
      version === 8 ? flaggedText(data, 8, u16(data, 6)) : { text: latin1(data, 8, 8 + u16(data, 6)) };
    return `${cell}: ${JSON.stringify(text)}`;
  }
  if (type !== recordType.formula) return undefined;
  const { text, functions, isWhole } = formulaText(
    data.subarray(22, 22 + u16(data, 20)),
    version,
    (i) => names[i - 1],
  );
  judgeXlmFunctions(part, functions, `${sheet}!${cell}: ${text}`, { member: "Workbook", offset: at });
  return `${cell}: =${text}${isWhole ? "" : " …"}`;
}

function fromUtf8(text: string): Uint8Array {
  return text.length === 0 ? fromLatin1("") : new Uint8Array(Buffer.from(text, "utf8"));
}
