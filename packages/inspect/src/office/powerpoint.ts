/** Records of a PowerPoint 97-2003 presentation ([MS-PPT] 2.3): embedded storages, links, and whether macros are there. */
import { inflateSync } from "node:zlib";
import { slice, u16, u32, utf16 } from "../bytes.ts";
import { observeUrl } from "../observables/collect.ts";
import type { Part } from "../part.ts";
import { judgeExternal, judgeLink } from "./links.ts";

const depthMax = 12;
const recordsMax = 500_000;

export async function examinePowerPoint(part: Part, bytes: Uint8Array): Promise<void> {
  const state = { records: 0, storages: [] as { at: number; content: Uint8Array }[] };
  walk(part, bytes, { from: 0, to: bytes.length, depth: 0 }, state);
  for (const { at, content } of state.storages) {
    const report = await part.child(`storage at ${at}`, content, { kind: "embedded" });
    if (report === undefined) continue;
    if (report.type.id === "vba-project") part.features.add("vba-macros");
    else {
      part.features.add("embedded-objects");
      part.sign("embedded-object", report.type.description, { member: "PowerPoint Document", offset: at });
    }
  }
}

function walk(
  part: Part,
  bytes: Uint8Array,
  { from, to, depth }: { from: number; to: number; depth: number },
  state: { records: number; storages: { at: number; content: Uint8Array }[] },
): void {
  for (let at = from; at + 8 <= to; ) {
    if (++state.records > recordsMax) {
      part.note("records-limit", "the presentation has more records than are read", true);
      return;
    }
    if (state.records % 4096 === 0) part.run.budget.check();
    const head = u16(bytes, at);
    const type = u16(bytes, at + 2);
    const size = u32(bytes, at + 4);
    const end = Math.min(at + 8 + size, to);
    if (type === 0x1011) {
      const content = storageContent(part, slice(bytes, at + 8, end), head >> 4 === 1);
      if (content !== undefined) state.storages.push({ at, content });
    } else if (type === 0x0fba) examineText(part, utf16(bytes, at + 8, end), at);
    else if ((head & 0x0f) === 0x0f && depth < depthMax)
      walk(part, bytes, { from: at + 8, to: end, depth: depth + 1 }, state);
    at = at + 8 + size;
  }
}

/** [MS-PPT] 2.10.34: the size, then a zlib stream; or the storage as it is. */
function storageContent(part: Part, data: Uint8Array, isPacked: boolean): Uint8Array | undefined {
  if (!isPacked) return data;
  try {
    const max = Math.max(1, Math.min(part.run.budget.bytesLeft, u32(data, 0) + 512));
    return new Uint8Array(inflateSync(data.subarray(4), { maxOutputLength: max, finishFlush: 2 }));
  } catch (error) {
    part.note("damaged", `an embedded storage does not unpack (${(error as Error).message})`, true);
    return undefined;
  }
}

/** Texts of hyperlinks and links to objects are plain records ([MS-PPT] 2.2.24 CString). */
function examineText(part: Part, text: string, at: number): void {
  if (!/^(?:[a-z][a-z0-9+.-]{1,20}:|\\\\)/i.test(text)) return;
  const place = { member: "PowerPoint Document", offset: at };
  observeUrl(part, text, place);
  part.features.add("hyperlinks");
  if (/^\\\\/.test(text)) judgeExternal(part, "oleObject", text, place);
  else judgeLink(part, text, place);
}
