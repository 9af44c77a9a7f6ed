/** Title, author, program and times of a document ([MS-OLEPS]). */
import { cString, filetimeAt, slice, u16, u32, wideString } from "../bytes.ts";
import { decodeCodepage } from "../codepage.ts";
import type { Part } from "../part.ts";
import type { Storage } from "./storage.ts";

const names: Record<number, string> = {
  2: "title",
  3: "subject",
  4: "author",
  5: "keywords",
  6: "comments",
  7: "template",
  8: "lastSavedBy",
  12: "createdAt",
  13: "lastSavedAt",
  18: "application",
};
const propertiesMax = 100;

export function describeSummary(part: Part, root: Storage): void {
  const bytes = root.readPath("\u0005SummaryInformation");
  if (bytes === undefined) return;
  const set = u32(bytes, 44);
  const count = Math.min(u32(bytes, set + 4), propertiesMax);
  const properties: Record<string, string> = {};
  let codepage = 1252;
  for (let i = 0; i < count; i++) {
    const id = u32(bytes, set + 8 + 8 * i);
    const at = set + u32(bytes, set + 12 + 8 * i);
    if (id === 1) codepage = u16(bytes, at + 4);
    const name = names[id];
    const value = name === undefined ? undefined : readValue(bytes, at, codepage);
    if (name !== undefined && value !== undefined && value !== "") properties[name] = value;
  }
  if (Object.keys(properties).length > 0) part.details.properties = properties;
}

function readValue(bytes: Uint8Array, at: number, codepage: number): string | undefined {
  const type = u16(bytes, at);
  if (type === 0x40) return filetimeAt(bytes, at + 4);
  const size = Math.min(u32(bytes, at + 4), 1024);
  if (type === 0x1f) return wideString(bytes, at + 8, 2 * size);
  if (type !== 0x1e) return undefined;
  if (codepage === 1200) return wideString(bytes, at + 8, size);
  const raw = cString(bytes, at + 8, size);
  return decodeCodepage(slice(bytes, at + 8, at + 8 + raw.length), codepage);
}
