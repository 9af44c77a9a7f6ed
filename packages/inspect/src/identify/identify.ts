import type { FileType } from "../result.ts";
import { binaryType } from "./magic.ts";
import { decodeText, isText, textType } from "./text.ts";
import { extensionOf, knownExtensions, runningTypes, typeOf } from "./types.ts";

export interface Identified {
  readonly type: FileType;
  /** Decoded, when the content is text. */
  readonly text?: string;
}

/** Says what bytes are, whatever their name claims, and whether the name claims something else. */
export function identify(bytes: Uint8Array, name: string): Identified {
  const binary = binaryType(bytes);
  if (binary !== undefined) return { type: withName(binary, name) };
  if (!isText(bytes)) return { type: withName("data", name) };
  const text = decodeText(bytes);
  return { type: withName(textType(text, name), name), text };
}

/** Types that tell little: almost any extension may rightly have them. */
const vague = new Set(["data", "text", "empty", "ole-storage", "zip", "xml", "json", "ooxml"]);

/** Extensions of plain texts, which say nothing about what the text is. */
const plainExtensions = new Set([
  "txt",
  "text",
  "log",
  "md",
  "csv",
  "tsv",
  "dat",
  "tmp",
  "bak",
  "bin",
  "ini",
  "conf",
  "cfg",
  "old",
]);

function withName(id: string, name: string): FileType {
  const type = typeOf(id);
  const extension = extensionOf(name);
  const fits =
    extension === "" ||
    !knownExtensions.has(extension) ||
    type.extensions.includes(extension) ||
    id === "empty";
  if (fits || (plainExtensions.has(extension) && !runningTypes.has(id))) return type;
  if (plainExtensions.has(extension) && isScript(id)) return type;
  if (vague.has(id) && !isStrict(extension)) return type;
  return { ...type, nameLies: { extension, words: `named .${extension}, but it is: ${type.description}` } };
}

function isScript(id: string): boolean {
  return ["powershell", "vbscript", "jscript", "batch", "shell", "python"].includes(id);
}

/** Extensions of formats with a signature: what lacks it is something else. */
const strict = new Set(
  "pdf doc xls ppt docx docm xlsx xlsm xlsb pptx pptm msg exe dll msi lnk png jpg jpeg gif bmp zip rar 7z gz iso cab one".split(
    " ",
  ),
);

function isStrict(extension: string): boolean {
  return strict.has(extension);
}
