import { extensionOf, knownExtensions, runningExtensions, runningTypes } from "./identify/types.ts";
import type { Part } from "./part.ts";
import type { FileType } from "./result.ts";

/** Extensions that a reader takes for a document, a picture or a film. */
const harmlessLooking = new Set(
  "pdf doc docx xls xlsx ppt pptx txt rtf jpg jpeg png gif bmp mp3 mp4 avi mov csv odt html htm zip eml msg".split(
    " ",
  ),
);

/** Tells tricks in a part's name. Parts that have no name of their own are left alone. */
export function checkName(part: Part, type: FileType): void {
  if (
    part.kind !== "file" &&
    part.kind !== "member" &&
    part.kind !== "attachment" &&
    part.kind !== "embedded"
  )
    return;
  const { name } = part;
  if (type.nameLies !== undefined) {
    part.features.add("name-lies");
    const hides = runningTypes.has(type.id) && !runningExtensions.has(type.nameLies.extension);
    part.sign(
      hides && harmlessLooking.has(type.nameLies.extension) ? "name-lies-program" : "name-lies",
      type.nameLies.words,
    );
  }
  const base = name.slice(name.lastIndexOf("/") + 1);
  const extension = extensionOf(base);
  if (/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(base))
    part.sign("name-direction", JSON.stringify(base));
  if (!runningExtensions.has(extension)) return;
  const stem = base.slice(0, base.lastIndexOf("."));
  if (/\s{8,}$|\s{20,}/.test(stem)) part.sign("name-padding", `${stem.trim()} … .${extension}`);
  const inner = extensionOf(stem.trim());
  if (harmlessLooking.has(inner) && inner !== extension && knownExtensions.has(inner))
    part.sign("double-extension", base);
}
