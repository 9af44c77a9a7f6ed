/** Office documents as one XML file: Word and Excel 2003, and packages written flat. */
import { inflateSync } from "node:zlib";
import { indexOf } from "../bytes.ts";
import { observeUrl } from "../observables/collect.ts";
import type { Part } from "../part.ts";
import { tagsOf } from "../xml.ts";
import { judgeCell } from "./dde.ts";
import { judgeExternal } from "./links.ts";
import { examineWordXml } from "./word-xml.ts";

const dataMax = 500;

export async function examineFlatXml(part: Part, text: string): Promise<void> {
  examineWordXml(part, "", text);
  let name = "";
  let count = 0;
  for (const tag of tagsOf(text)) {
    if (tag.isClosing) continue;
    const { attributes } = tag;
    if (tag.name === "part") name = attributes.name ?? "";
    else if (tag.name === "Relationship" && attributes.TargetMode?.toLowerCase() === "external") {
      observeUrl(part, attributes.Target ?? "");
      judgeExternal(part, (attributes.Type ?? "").split("/").at(-1)!, attributes.Target ?? "");
    } else if (tag.name === "attachedTemplate" && attributes.val !== undefined)
      judgeExternal(part, "attachedTemplate", attributes.val);
    else if (tag.name === "Cell" && attributes.Formula !== undefined) judgeCell(part, attributes.Formula);
    else if (tag.name === "binData" || tag.name === "binaryData") {
      if (++count > dataMax) {
        part.note("parts-limit", `more than ${dataMax} binary pieces; the rest is not examined`, true);
        return;
      }
      const end = text.indexOf("<", tag.end);
      const bytes = new Uint8Array(Buffer.from(text.slice(tag.end, end < 0 ? text.length : end), "base64"));
      await examineData(part, attributes.name || name || `data ${count}`, bytes);
    }
  }
}

async function examineData(part: Part, name: string, bytes: Uint8Array): Promise<void> {
  const report = await part.child(name, bytes, { kind: "embedded" });
  if (report !== undefined && report.type.id === "ole-storage") part.features.add("embedded-objects");
}

/** "ActiveMime" wraps a compound file with macros or objects in zlib; the offset of the stream varies between writers. */
export async function examineActiveMime(part: Part): Promise<void> {
  const start = indexOf(part.bytes, Uint8Array.of(0x78), 0x20);
  try {
    const max = Math.max(1, part.run.budget.bytesLeft);
    const content = new Uint8Array(
      inflateSync(part.bytes.subarray(Math.max(0, start)), { maxOutputLength: max, finishFlush: 2 }),
    );
    await part.child("content", content, { kind: "embedded" });
  } catch (error) {
    if ((error as { code?: string }).code?.endsWith("-limit")) throw error;
    part.note("damaged", `the content does not unpack (${(error as Error).message})`, true);
  }
}
