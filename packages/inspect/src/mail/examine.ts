import { latin1 } from "../bytes.ts";
import { extensionOf, runningExtensions, runningTypes } from "../identify/types.ts";
import type { Part } from "../part.ts";
import { readHeaders } from "./headers.ts";
import { judgeHeaders } from "./judge.ts";
import { readMime } from "./mime.ts";

/** A mail in MIME form, or a web archive, which is built like one. */
export async function examineMail(part: Part): Promise<void> {
  const raw = latin1(part.bytes);
  const start = raw.length - raw.replace(/^\s+/, "").length;
  const { fields } = readHeaders(raw, start);
  judgeHeaders(part, fields);
  const { leaves, faults } = readMime(raw, start);
  for (const fault of faults) part.note("damaged", fault, true);
  for (const [i, leaf] of leaves.entries()) {
    if (leaf.bytes.length === 0) continue;
    const name = leaf.name || `body ${i + 1} (${leaf.type})`;
    if (leaf.isAttachment) await examineAttachment(part, name, leaf.bytes);
    else await part.child(name, leaf.bytes, { kind: "body", ...bodyType(leaf.type) });
  }
}

function bodyType(type: string): { typeId?: string } {
  if (type === "text/html") return { typeId: "html" };
  return type === "text/plain" ? { typeId: "text" } : {};
}

export async function examineAttachment(part: Part, name: string, bytes: Uint8Array): Promise<void> {
  part.features.add("attachments");
  const report = await part.child(name, bytes, { kind: "attachment" });
  const runs =
    runningExtensions.has(extensionOf(name)) || (report !== undefined && runningTypes.has(report.type.id));
  const isSource =
    report !== undefined &&
    /^(?:python|shell|jscript|powershell)$/.test(report.type.id) &&
    !runningExtensions.has(extensionOf(name));
  if (runs && !isSource)
    part.sign("attachment-executable", `${name} (${report?.type.description ?? "not examined"})`);
}
