import type { Entry, FileEntry } from "@zip.js/zip.js";
import type { SpoolWriter } from "../spool.ts";
import { type Expanded, type ExpandOptions, faultOf, notesOfName } from "./expanded.ts";
import { type CellContext, cellContext, cellsOfRow, sheetsOf } from "./workbook-cells.ts";
import { elementsOf, prefixOf } from "./workbook-xml.ts";

/** A part is read into memory as a whole. */
const maxPartBytes = 256 << 20;
const flushChars = 1 << 20;

/** True for the members of a spreadsheet in Office Open XML (ECMA-376): a log that somebody saved from a console or from Excel. */
export function isWorkbook(entries: readonly Entry[]): boolean {
  const names = new Set(entries.map(({ filename }) => filename));
  return names.has("[Content_Types].xml") && names.has("xl/workbook.xml");
}

/**
 * The sheets of a workbook, each as a table of its own (CSV): what the cells show, dates written out from the serial numbers that
 * Excel keeps. The workbook stays the evidence; the tables are made from it and say so.
 */
export async function* expandWorkbook(
  entries: readonly Entry[],
  options: ExpandOptions,
): AsyncGenerator<Expanded> {
  const read = async (part: string) => {
    const entry = entries.find(({ filename }) => filename === part);
    return entry === undefined || entry.directory ? undefined : readPart(entry);
  };
  try {
    const parts = {
      workbook: (await read("xl/workbook.xml")) ?? "",
      relations: (await read("xl/_rels/workbook.xml.rels")) ?? "",
      styles: (await read("xl/styles.xml")) ?? "",
      strings: (await read("xl/sharedStrings.xml")) ?? "",
    };
    const context = cellContext(parts);
    const sheets = sheetsOf(parts);
    if (sheets.length === 0) yield faultOf("", new Error("no sheet of the workbook could be found"));
    for (const { name, part } of sheets) yield await sheetMember(name, () => read(part), context, options);
  } catch (error) {
    yield faultOf("", error);
  }
}

async function readPart(entry: FileEntry): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      bytes += chunk.length;
      if (bytes > maxPartBytes) throw new Error(`${entry.filename} is larger than 256 MiB`);
      text += decoder.decode(chunk, { stream: true });
    },
  });
  await entry.getData(sink, { checkSignature: true });
  return text;
}

/** A sheet that cannot be read never hides its neighbours. */
async function sheetMember(
  name: string,
  read: () => Promise<string | undefined>,
  context: CellContext,
  { bytes, spool }: ExpandOptions,
): Promise<Expanded> {
  const writer = spool.open(bytes);
  const notes = [
    ...notesOfName(name),
    "the cells of a sheet as a table; dates are written out from Excel's serial numbers",
  ];
  try {
    const xml = await read();
    if (xml === undefined) throw new Error("the workbook names this sheet and does not hold it");
    writeRows(xml, context, writer);
    if (breaksOff(xml)) notes.push("the sheet breaks off inside a row: what is behind it could not be read");
  } catch (error) {
    writer.abort();
    return faultOf(name, error);
  }
  return { member: { name: `${name}.csv`, notes, ...writer.close() } };
}

function breaksOff(xml: string): boolean {
  const prefix = prefixOf(xml);
  const isCut = xml.includes(`<${prefix}sheetData>`) && !xml.includes(`</${prefix}sheetData>`);
  return isCut || lastRowIsOpen(xml, prefix);
}

function lastRowIsOpen(xml: string, prefix: string): boolean {
  const open = Math.max(xml.lastIndexOf(`<${prefix}row>`), xml.lastIndexOf(`<${prefix}row `));
  if (open < 0) return false;
  const end = xml.indexOf(">", open);
  return end < 0 || (xml.charCodeAt(end - 1) !== 47 && xml.indexOf(`</${prefix}row>`, end) < 0);
}

function writeRows(xml: string, context: CellContext, writer: SpoolWriter): void {
  let text = "";
  const prefix = prefixOf(xml);
  for (const { content } of elementsOf(xml, "row", prefix)) {
    const cells = cellsOfRow(content, prefix, context);
    if (cells.every((one) => one === "")) continue;
    text += `${cells.map(quoted).join(",")}\r\n`;
    if (text.length < flushChars) continue;
    writer.write(Buffer.from(text));
    text = "";
  }
  writer.write(Buffer.from(text));
}

/** RFC 4180. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
