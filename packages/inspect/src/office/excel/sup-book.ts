import { u8, u16 } from "../../bytes.ts";
import type { Part } from "../../part.ts";
import { judgeDdeLink } from "../dde.ts";
import { judgeExternal } from "../links.ts";
import { type BiffRecord, flaggedText } from "./records.ts";

const programId = /^(?!.*\.(?:exe|com)$)[A-Za-z]\w*\.[A-Za-z]\w*(?:\.\d+)?$|^Package$/i;

/**
 * A link to another workbook, or by DDE or OLE to another program ([MS-XLS] 2.4.271, 2.5.277): the path of a DDE link is the
 * program, the character 3, and the topic.
 */
export function examineSupBook(part: Part, { data, at }: BiffRecord): void {
  const count = u16(data, 2);
  // 0x0401 refers to this workbook, 0x3A01 to add-in functions.
  if (count === 0x0401 || count === 0x3a01 || count === 0 || count > 0xff) return;
  const { text } = flaggedText(data, 4, count);
  const place = { member: "Workbook", offset: at };
  const three = text.indexOf("\u0003");
  if (three >= 0 && programId.test(text.slice(0, three))) {
    // An OLE link is written the same way, with the id of a class before the character 3.
    const target = text.slice(three + 1).replace(/[\u0000-\u001f]/g, "");
    part.features.add("external-links");
    part.features.add("linked-objects");
    judgeExternal(part, "oleObject", target, place);
    return;
  }
  if (three >= 0) {
    judgeDdeLink(part, text.slice(0, three), text.slice(three + 1), place);
    return;
  }
  const path = readPath(text);
  if (path === "" || u8(data, 0) === 0xff) return;
  part.features.add("external-links");
  judgeExternal(part, "externalLink", path, place);
}

/** [MS-XLS] 2.5.277: control characters stand for the parts of a path. */
function readPath(text: string): string {
  if (!text.startsWith("\u0001")) return text.replaceAll("\u0000", "");
  const drive = text[1] === "\u0001" ? (text[2] === "@" ? "\\\\" : `${text[2]}:\\`) : "";
  const rest = drive === "" ? text.slice(1) : text.slice(3);
  // 5 introduces a URL and its length.
  if (rest.startsWith("\u0005")) return rest.slice(2);
  return (
    drive +
    rest
      .replaceAll("\u0003", "\\")
      .replaceAll("\u0002", "\\")
      .replaceAll("\u0004", "..\\")
      .replace(/[\u0000-\u001f]/g, "")
  );
}
