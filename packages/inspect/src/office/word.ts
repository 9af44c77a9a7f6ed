/** Text and fields of a Word 97-2003 document ([MS-DOC] 2.4.1): pieces, then field marks 0x13, 0x14, 0x15. */
import { slice, u16, u32, utf16 } from "../bytes.ts";
import { decodeCodepage } from "../codepage.ts";
import { observeText } from "../observables/collect.ts";
import type { Part } from "../part.ts";
import { expandQuotes, judgeField } from "./dde.ts";
import type { Storage } from "./storage.ts";

const textCharsMax = 8 * 2 ** 20;
const piecesMax = 100_000;

export function examineWord(part: Part, storage: Storage): void {
  const stream = storage.readPath("WordDocument") ?? new Uint8Array();
  const flags = u16(stream, 0x0a);
  if ((flags & 0x0100) !== 0) {
    part.features.add("encrypted");
    const kind = (flags & 0x8000) !== 0 ? "XOR obfuscation" : "RC4";
    part.sign("encrypted", `Word 97-2003 with ${kind}`);
    part.note("encrypted", "the text of the document is encrypted and not opened", true);
    return;
  }
  const text = documentText(stream, storage, flags);
  if (text === undefined) {
    part.note(
      "damaged",
      "the document's table of text pieces cannot be read; its bytes are searched instead",
      false,
    );
    judgeFields(part, decodeCodepage(stream, 1252));
    return;
  }
  judgeFields(part, text);
  observeText(part, text.replace(/[\u0000-\u0008\u000b-\u001f]/g, " "));
}

function documentText(stream: Uint8Array, storage: Storage, flags: number): string | undefined {
  const version = u16(stream, 2);
  // Word 6 and 95 keep the text in one run of bytes.
  if (version < 105) return decodeCodepage(slice(stream, u32(stream, 0x18), u32(stream, 0x1c)), 1252);
  const table = storage.readPath((flags & 0x0200) !== 0 ? "1Table" : "0Table");
  if (table === undefined) return undefined;
  const clx = slice(table, u32(stream, 0x01a2), u32(stream, 0x01a2) + u32(stream, 0x01a6));
  return pieceText(stream, clx);
}

/** [MS-DOC] 2.9.38, 2.9.177: property runs (1), then the piece table (2): positions, and where each piece lies. */
function pieceText(stream: Uint8Array, clx: Uint8Array): string | undefined {
  let at = 0;
  while (clx[at] === 1) at += 3 + u16(clx, at + 1);
  if (clx[at] !== 2) return undefined;
  const size = u32(clx, at + 1);
  const count = Math.min(Math.floor((size - 4) / 12), piecesMax);
  const base = at + 5;
  const pieces: string[] = [];
  let chars = 0;
  for (let i = 0; i < count && chars < textCharsMax; i++) {
    const length = u32(clx, base + 4 * (i + 1)) - u32(clx, base + 4 * i);
    const place = u32(clx, base + 4 * (count + 1) + 8 * i + 2);
    if (length <= 0 || length > stream.length) continue;
    const isNarrow = (place & 0x40000000) !== 0;
    const from = isNarrow ? (place & 0x3fffffff) >>> 1 : place;
    pieces.push(
      isNarrow
        ? decodeCodepage(slice(stream, from, from + length), 1252)
        : utf16(stream, from, from + 2 * length),
    );
    chars += length;
  }
  return pieces.join("");
}

/** Fields may nest; the instruction of an outer one contains the results of the inner ones. */
export function fieldsOf(text: string): string[] {
  const fields: string[] = [];
  const open: { instruction: string; isResult: boolean }[] = [];
  const depthMax = 50;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === "\u0013") {
      if (open.length < depthMax) open.push({ instruction: "", isResult: false });
    } else if (open.length === 0) {
      const next = text.indexOf("\u0013", i);
      if (next < 0) break;
      i = next - 1;
    } else if (char === "\u0014") open.at(-1)!.isResult = true;
    else if (char === "\u0015") {
      const { instruction } = open.pop()!;
      fields.push(instruction);
      if (open.length > 0 && !open.at(-1)!.isResult)
        open.at(-1)!.instruction += expandQuotes(instruction.trim());
    } else {
      const top = open.at(-1)!;
      if (!top.isResult && top.instruction.length < 10_000) top.instruction += char;
    }
  }
  // A field that is never closed is still read by Word.
  return [...fields, ...open.map(({ instruction }) => instruction)];
}

function judgeFields(part: Part, text: string): void {
  for (const instruction of fieldsOf(text))
    judgeField(part, expandQuotes(instruction), { member: "WordDocument" });
}
