import { attribute, unescapeXml } from "@firebreak/parsers/xml/scan";
import { elementsOf, firstOf, prefixOf } from "./workbook-xml.ts";

/** What a workbook's parts say that a sheet's cells refer to. */
export interface WorkbookParts {
  /** xl/workbook.xml, xl/_rels/workbook.xml.rels, xl/styles.xml and xl/sharedStrings.xml; "" when there is none. */
  readonly workbook: string;
  readonly relations: string;
  readonly styles: string;
  readonly strings: string;
}

export interface CellContext {
  readonly strings: readonly string[];
  /** Of each cell style (index in `cellXfs`): how its numbers are shown. */
  readonly kinds: readonly NumberKind[];
  readonly is1904: boolean;
}

type NumberKind = "number" | "date" | "date-time" | "time";

/** Names and parts of the sheets in their order, ECMA-376 part 1, 18.2.20. */
export function sheetsOf({ workbook, relations }: WorkbookParts): { name: string; part: string }[] {
  const targets = new Map<string, string>();
  for (const { attributes } of elementsOf(relations, "Relationship", prefixOf(relations))) {
    const id = attribute(attributes, "Id");
    const target = attribute(attributes, "Target");
    if (id !== undefined && target !== undefined)
      targets.set(id, target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  }
  return [...elementsOf(workbook, "sheet", prefixOf(workbook))].flatMap(({ attributes }) => {
    const id = /\s\w{1,40}:id\s?=\s?["']([^"']{1,200})["']/.exec(attributes)?.[1];
    const part = id === undefined ? undefined : targets.get(id);
    return part === undefined ? [] : [{ name: attribute(attributes, "name") ?? part, part }];
  });
}

export function cellContext({ workbook, styles, strings }: WorkbookParts): CellContext {
  const prefix = prefixOf(strings);
  const properties = firstOf(workbook, "workbookPr", prefixOf(workbook))?.attributes ?? "";
  return {
    strings: Array.from(elementsOf(strings, "si", prefix), ({ content }) => textOf(content, prefix)),
    kinds: numberKinds(styles),
    is1904: /^(?:1|true)$/.test(attribute(properties, "date1904") ?? ""),
  };
}

/** The runs of a text put together, without what tells its pronunciation. */
function textOf(xml: string, prefix: string): string {
  let text = "";
  for (const { content } of elementsOf(xml, "t", prefix)) text += unescapeXml(content);
  for (const { content } of elementsOf(xml, "rPh", prefix)) {
    const spoken = textOf(content, prefix);
    if (spoken !== "") text = text.replace(spoken, "");
  }
  return text;
}

function numberKinds(styles: string): NumberKind[] {
  const prefix = prefixOf(styles);
  const codes = new Map<number, string>();
  for (const { attributes } of elementsOf(styles, "numFmt", prefix))
    codes.set(Number(attribute(attributes, "numFmtId")), attribute(attributes, "formatCode") ?? "");
  const cellStyles = firstOf(styles, "cellXfs", prefix)?.content ?? "";
  return Array.from(elementsOf(cellStyles, "xf", prefix), ({ attributes }) => {
    const id = Number(attribute(attributes, "numFmtId") ?? 0);
    const code = codes.get(id);
    return code === undefined ? builtInKind(id) : kindOfCode(code);
  });
}

/** ECMA-376 part 1, 18.8.30: the formats that every reader knows by number. */
function builtInKind(id: number): NumberKind {
  if (id === 22) return "date-time";
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return "date";
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 36) || (id >= 45 && id <= 47)) return "time";
  return "number";
}

function kindOfCode(code: string): NumberKind {
  const bare = code
    .slice(0, 500)
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[(?!h|m|s)[^\]]*\]/gi, "");
  const hasClock = /[hs]/i.test(bare);
  if (/[yd]/i.test(bare)) return hasClock ? "date-time" : "date";
  return hasClock ? "time" : "number";
}

const maxColumns = 16_384;

/** The cells of what is inside a `<row>`, empty ones as "". */
export function cellsOfRow(row: string, prefix: string, context: CellContext): string[] {
  const cells: string[] = [];
  for (const { attributes, content } of elementsOf(row, "c", prefix)) {
    const column = columnOf(attribute(attributes, "r")) ?? cells.length;
    if (column >= maxColumns) continue;
    while (cells.length < column) cells.push("");
    cells[column] = cellText(attributes, content, prefix, context);
  }
  return cells;
}

/** "AB12" is column 27. */
function columnOf(place: string | undefined): number | undefined {
  const letters = place === undefined ? undefined : /^[A-Z]{1,3}/.exec(place)?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function cellText(attributes: string, content: string, prefix: string, context: CellContext): string {
  const type = attribute(attributes, "t");
  if (type === "inlineStr") return textOf(content, prefix);
  const recorded = unescapeXml(firstOf(content, "v", prefix)?.content ?? "");
  if (type === "s") return context.strings[Number(recorded)] ?? "";
  if (type === "b") return recorded === "1" ? "true" : "false";
  if (type !== undefined && type !== "n") return recorded;
  const kind = context.kinds[Number(attribute(attributes, "s") ?? 0)] ?? "number";
  return kind === "number" ? recorded : dateText(recorded, kind, context.is1904);
}

const dayMs = 86_400_000;
/** Days from Excel's day 0 to 1970-01-01, in the system of 1900 and in that of 1904. */
const epoch1900 = 25_569;
const epoch1904 = 24_107;

/** A serial number of days as the wall clock that the sheet shows, to the millisecond: a double holds a thousandth of one. */
function dateText(recorded: string, kind: NumberKind, is1904: boolean): string {
  const serial = Number(recorded);
  if (recorded === "" || !Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return recorded;
  const ms = Math.round((serial - (is1904 ? epoch1904 : epoch1900)) * dayMs);
  const iso = new Date(ms).toISOString();
  const clock = ms % 1000 === 0 ? iso.slice(11, 19) : iso.slice(11, 23);
  if (kind === "time" && serial < 1) return clock;
  return kind === "date" && ms % dayMs === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${clock}`;
}
