import { readZipDirectory, readZipEntry } from "../archive/zip-directory.ts";
import { latin1 } from "../bytes.ts";

/** Main part's content type, or a piece of it, to the document's type; the first that fits counts. */
const mainParts: readonly (readonly [contentType: string, type: string])[] = [
  ["word.document.macroEnabled.main", "word-ooxml-macro"],
  ["word.template.macroEnabledTemplate.main", "word-template-macro"],
  ["wordprocessingml.document.main", "word-ooxml"],
  ["wordprocessingml.template.main", "word-template"],
  ["excel.sheet.binary.macroEnabled.main", "excel-binary"],
  ["excel.sheet.macroEnabled.main", "excel-ooxml-macro"],
  ["excel.template.macroEnabled.main", "excel-template-macro"],
  ["excel.addin.macroEnabled.main", "excel-addin"],
  ["spreadsheetml.sheet.main", "excel-ooxml"],
  ["spreadsheetml.template.main", "excel-template"],
  ["powerpoint.presentation.macroEnabled.main", "powerpoint-ooxml-macro"],
  ["powerpoint.slideshow.macroEnabled.main", "powerpoint-show-macro"],
  ["powerpoint.template.macroEnabled.main", "powerpoint-template-macro"],
  ["powerpoint.addin.macroEnabled.main", "powerpoint-addin"],
  ["presentationml.presentation.main", "powerpoint-ooxml"],
  ["presentationml.slideshow.main", "powerpoint-show"],
  ["presentationml.template.main", "powerpoint-template"],
  ["ms-visio", "visio-ooxml"],
];

const openDocument: Record<string, string> = {
  text: "opendocument-text",
  spreadsheet: "opendocument-sheet",
  presentation: "opendocument-slides",
};

/** What a ZIP file is used for, by the members' names and the declared content types. */
export function packageType(bytes: Uint8Array): string {
  const { entries } = readZipDirectory(bytes);
  const find = (name: string) => entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  const textOf = (name: string) => {
    const entry = find(name);
    const content = entry === undefined ? undefined : readZipEntry(bytes, entry, 1 << 20);
    return content === undefined ? "" : latin1(content);
  };
  const mimetype = textOf("mimetype").trim();
  if (mimetype === "application/epub+zip") return "epub";
  if (mimetype.startsWith("application/vnd.oasis.opendocument")) {
    const kind = mimetype.slice("application/vnd.oasis.opendocument.".length).replace(/-template$/, "");
    return openDocument[kind] ?? "opendocument";
  }
  if (find("[Content_Types].xml") !== undefined) {
    const declared = textOf("[Content_Types].xml");
    const byContent = mainParts.find(([contentType]) => declared.includes(contentType));
    return (
      byContent?.[1] ?? byFolder((name) => entries.some((entry) => entry.name.startsWith(name))) ?? "ooxml"
    );
  }
  if (find("AndroidManifest.xml") !== undefined && find("classes.dex") !== undefined) return "apk";
  if (
    find("META-INF/MANIFEST.MF") !== undefined &&
    entries.some(({ name }) => /\.class$|^META-INF\//.test(name))
  )
    return "jar";
  return byFolder((name) => find(name) !== undefined) ?? "zip";
}

/** A package whose declaration is lost or unknown still has its usual parts. */
function byFolder(has: (name: string) => boolean): string | undefined {
  if (has("word/document.xml")) return has("word/vbaProject.bin") ? "word-ooxml-macro" : "word-ooxml";
  if (has("xl/workbook.bin")) return "excel-binary";
  if (has("xl/workbook.xml")) return has("xl/vbaProject.bin") ? "excel-ooxml-macro" : "excel-ooxml";
  if (has("ppt/presentation.xml"))
    return has("ppt/vbaProject.bin") ? "powerpoint-ooxml-macro" : "powerpoint-ooxml";
  return undefined;
}
