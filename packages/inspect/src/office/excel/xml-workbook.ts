/** SpreadsheetML parts ([ECMA-376] part 1, 18): sheets, names, links, macro sheets. */
import type { Part } from "../../part.ts";
import { decodeEntities, tagsOf } from "../../xml.ts";
import { judgeCell, judgeDdeLink } from "../dde.ts";
import { judgeDefinedName, judgeSheets, judgeXlmFunctions, type SheetInfo } from "./xlm.ts";

const visibilities: Record<string, SheetInfo["visibility"]> = { hidden: "hidden", veryHidden: "very-hidden" };
const macroLinesMax = 5000;

/** Sheets and defined names; `macroSheets` has the relation ids of macro sheets. */
export function examineWorkbookXml(
  part: Part,
  member: string,
  xml: string,
  macroSheets: ReadonlySet<string>,
): void {
  const sheets: SheetInfo[] = [];
  for (const tag of tagsOf(xml)) {
    if (tag.isClosing) continue;
    const { name, attributes } = tag;
    if (name === "sheet")
      sheets.push({
        name: attributes.name ?? "",
        kind: macroSheets.has(attributes.id ?? "") ? "macro-sheet" : "worksheet",
        visibility: visibilities[attributes.state ?? ""] ?? "visible",
      });
    else if (name === "definedName") {
      const value = decodeEntities(xml.slice(tag.end, xml.indexOf("<", tag.end)));
      judgeDefinedName(part, attributes.name ?? "", value, { member });
      judgeCell(part, `=${value}`, { member });
    }
  }
  judgeSheets(part, sheets);
}

/** DDE and OLE links ([ECMA-376] part 1, 18.14). */
export function examineExternalLink(part: Part, member: string, xml: string): void {
  for (const { name, attributes, isClosing } of tagsOf(xml)) {
    if (isClosing) continue;
    if (name === "ddeLink")
      judgeDdeLink(part, attributes.ddeService ?? "", attributes.ddeTopic ?? "", { member });
    else if (name === "oleLink") {
      part.features.add("linked-objects");
      part.sign("linked-object", attributes.progId ?? "", { member });
    }
  }
}

/** Formulas of a macro sheet, as a listing. */
export async function examineMacroSheet(part: Part, member: string, xml: string): Promise<void> {
  if (/\.rels$/i.test(member)) return;
  part.features.add("xlm-macros");
  if (!part.hasSign("xlm-macros")) part.sign("xlm-macros", member, { member });
  const lines = cellsOf(xml);
  for (const { cell, formula } of lines) {
    const functions = [...formula.replace(/"[^"]*"/g, '""').matchAll(/([A-Z][A-Z0-9.]*)\s*\(/gi)].map(
      ([, name]) => name!,
    );
    judgeXlmFunctions(part, functions, `${cell}: =${formula}`, { member });
    judgeCell(part, `=${formula}`, { member });
  }
  if (lines.length === 0) return;
  const source = lines
    .map(({ cell, formula, value }) => `${cell}: =${formula}${value === "" ? "" : `  [${value}]`}`)
    .join("\n");
  await part.child(`XLM/${member.split("/").at(-1)}`, new Uint8Array(Buffer.from(source)), {
    kind: "sheet",
    typeId: "text",
    source,
  });
}

/** Formulas of ordinary sheets: only calls of other programs matter. */
export function examineSheet(part: Part, member: string, xml: string): void {
  for (const { cell, formula } of cellsOf(xml)) {
    if (formula.includes("|")) judgeCell(part, `=${formula}`, { member });
    if (/\b(?:WEBSERVICE|HYPERLINK)\s*\(\s*"https?:/i.test(formula)) {
      part.features.add("hyperlinks");
      if (/WEBSERVICE/i.test(formula))
        part.sign("external-relation-remote", `${cell}: =${formula}`, { member });
    }
  }
}

function cellsOf(xml: string): { cell: string; formula: string; value: string }[] {
  const cells: { cell: string; formula: string; value: string }[] = [];
  let cell = "";
  for (const tag of tagsOf(xml)) {
    if (tag.isClosing) continue;
    if (tag.name === "c") cell = tag.attributes.r ?? "";
    else if (tag.name === "f" || tag.name === "v") {
      const text = decodeEntities(xml.slice(tag.end, Math.max(tag.end, xml.indexOf("<", tag.end))));
      if (tag.name === "f" && text !== "" && cells.length < macroLinesMax)
        cells.push({ cell, formula: text, value: "" });
      else if (tag.name === "v" && cells.at(-1)?.cell === cell) cells.at(-1)!.value = text;
    }
  }
  return cells;
}
