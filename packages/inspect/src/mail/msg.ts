/** Outlook messages ([MS-OXMSG]): properties as streams of a compound file, named by their number and type. */
import { utf16 } from "../bytes.ts";
import { openCfb } from "../cfb.ts";
import { decodeCodepage } from "../codepage.ts";
import { type Storage, storageOf } from "../office/storage.ts";
import type { Part } from "../part.ts";
import { examineAttachment } from "./examine.ts";
import { type HeaderField, readHeaders } from "./headers.ts";
import { judgeHeaders } from "./judge.ts";
import { decompressRtf } from "./lzfu.ts";

const attachmentsMax = 500;
const depthMax = 5;

export async function examineMsg(part: Part): Promise<void> {
  const cfb = openCfb(part.bytes);
  await examineMessage(part, storageOf(cfb), 0);
  for (const fault of cfb.faults.slice(0, 5))
    part.note("damaged", `the compound file is damaged: ${fault}`, true);
}

async function examineMessage(part: Part, root: Storage, depth: number): Promise<void> {
  const text = (id: string) => textProperty(root, id);
  const transport = readHeaders(text("007D")).fields;
  const own = ownFields(text);
  judgeHeaders(part, [
    ...transport,
    ...own.filter(({ name }) => !transport.some((field) => field.name === name)),
  ]);
  const body = text("1000");
  if (body !== "") await part.child("body (text)", utf8(body), { kind: "body", typeId: "text" });
  const html = root.readPath("__substg1.0_10130102") ?? utf8(text("1013"));
  if (html.length > 0) await part.child("body (HTML)", html, { kind: "body", typeId: "html" });
  const rtf = root.readPath("__substg1.0_10090102");
  if (rtf !== undefined && html.length === 0)
    await part.child("body (RTF)", decompressRtf(rtf), { kind: "body", typeId: "rtf" });
  await examineAttachments(part, root, depth);
}

/** The fields of a message that came without transport headers. */
function ownFields(text: (id: string) => string): HeaderField[] {
  const address = text("5D01") || text("0C1F");
  const name = text("0C1A");
  const field = (key: string, value: string) => (value === "" ? [] : [{ name: key, value, line: 1 }]);
  return [
    ...field("from", address.includes("@") ? `"${name.replaceAll('"', "")}" <${address}>` : name),
    ...field("to", text("0E04")),
    ...field("subject", text("0037")),
    ...field("message-id", text("1035")),
    ...field("reply-to", text("0050")),
  ];
}

function textProperty(root: Storage, id: string): string {
  const wide = root.readPath(`__substg1.0_${id}001F`);
  if (wide !== undefined) return utf16(wide).replace(/\0+$/, "");
  const narrow = root.readPath(`__substg1.0_${id}001E`);
  return narrow === undefined ? "" : decodeCodepage(narrow, 1252).replace(/\0+$/, "");
}

async function examineAttachments(part: Part, root: Storage, depth: number): Promise<void> {
  const storages = root.storages().filter(({ name }) => /^__attach_version1\.0_/i.test(name));
  for (const { name } of storages.slice(0, attachmentsMax)) {
    const storage = root.sub(name);
    const label = textProperty(storage, "3707") || textProperty(storage, "3704") || name;
    const content = storage.readPath("__substg1.0_37010102");
    if (content !== undefined) await examineAttachment(part, label, content);
    else if (storage.find("__substg1.0_3701000D") !== undefined) {
      part.features.add("attachments");
      const inner = storage.sub("__substg1.0_3701000D");
      if (inner.find("__properties_version1.0") !== undefined && depth < depthMax)
        await examineMessage(part, inner, depth + 1);
      else
        part.note("unsupported", `the attachment ${label} is an OLE object in a form that is not read`, true);
    }
  }
  if (storages.length > attachmentsMax)
    part.note("attachments-limit", `more than ${attachmentsMax} attachments; the rest is not examined`, true);
}

function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}
