/** Files attached to a OneNote section ([MS-ONESTORE] 2.6.13): a marker, the length, twelve bytes, the file. */
import { indexOf, slice, u64, utf16 } from "../bytes.ts";
import { runningTypes } from "../identify/types.ts";
import type { Part } from "../part.ts";

const marker = Uint8Array.from(Buffer.from("e716e3bd65261145a4c48d4d0b7a9eac", "hex"));
const filesMax = 500;
const pictures = /^(?:png|jpeg|gif|bmp|tiff|emf|wmf|webp|ico|svg)$/;

export async function examineOneNote(part: Part): Promise<void> {
  const names = attachedNames(part.bytes);
  let count = 0;
  for (let at = indexOf(part.bytes, marker); at >= 0; at = indexOf(part.bytes, marker, at + 16)) {
    if (++count > filesMax) {
      part.note("files-limit", `more than ${filesMax} attached files; the rest is not examined`, true);
      return;
    }
    const size = u64(part.bytes, at + 16);
    const content = slice(part.bytes, at + 36, at + 36 + size);
    if (content.length < size) part.note("damaged", "an attached file is cut off", true, { offset: at });
    const report = await part.child(`attached file at ${at}`, content, { kind: "embedded" });
    if (report === undefined || pictures.test(report.type.id)) continue;
    part.features.add("embedded-files");
    part.sign("onenote-file", report.type.description, { offset: at });
    const isScript =
      runningTypes.has(report.type.id) ||
      names.some((name) => /\.(?:hta|vbs|js|jse|wsf|cmd|bat|ps1|lnk|exe|chm|iso)$/i.test(name));
    if (isScript)
      part.sign(
        "onenote-executable",
        `${report.type.description}${names.length > 0 ? ` (${names.slice(0, 5).join(", ")})` : ""}`,
        { offset: at },
      );
  }
  if (names.length > 0) part.details.attachedNames = names;
}

/** Names stand as UTF-16 texts in the page's properties. */
function attachedNames(bytes: Uint8Array): string[] {
  const found = new Set<string>();
  for (const shift of [0, 1]) {
    const text = utf16(bytes, shift, Math.min(bytes.length, 16 * 2 ** 20));
    for (const [, name] of text.matchAll(
      /(?:^|[\0\\/])([\w !#$%&'()+,.@[\]^{}~-]{1,100}\.(?:hta|vbs|vbe|js|jse|wsf|cmd|bat|ps1|lnk|exe|dll|chm|iso|zip|pdf|docx?|xlsx?|one|txt|png|jpe?g))\0/gi,
    )) {
      if (found.size < 100) found.add(name!);
    }
  }
  return [...found].sort();
}
