import { examineZip } from "./archive/examine-zip.ts";
import { observeStrings, observeText } from "./observables/collect.ts";
import { examineWorkbook } from "./office/excel/workbook.ts";
import { examineCompound } from "./office/ole.ts";
import { examineOoxml } from "./office/ooxml.ts";
import type { Part } from "./part.ts";
import type { FileType } from "./result.ts";
import { examineScript, examineText } from "./script/examine.ts";

/** What reads a part of one type further than its hashes and strings. */
type Analyser = (part: Part, text: string) => void | Promise<void>;

const byAnalyser: readonly (readonly [analyser: Analyser, types: string])[] = [
  [
    examineCompound,
    "word-ole excel-ole powerpoint-ole visio-ole publisher project-ole vba-project ole-storage encrypted-ooxml thumbs",
  ],
  [
    examineOoxml,
    "word-ooxml word-ooxml-macro word-template word-template-macro excel-ooxml excel-ooxml-macro excel-template excel-template-macro " +
      "excel-addin excel-binary powerpoint-ooxml powerpoint-ooxml-macro powerpoint-show powerpoint-show-macro powerpoint-template " +
      "powerpoint-template-macro powerpoint-addin visio-ooxml",
  ],
  [
    examineZip,
    "zip jar apk epub ooxml opendocument-text opendocument-sheet opendocument-slides opendocument",
  ],
  [(part) => examineWorkbook(part, part.bytes), "excel-biff"],
  [examineText, "text csv json certificate"],
];

const scripts =
  "vba-source vbscript vbscript-encoded jscript jscript-encoded powershell batch shell python perl ruby php";

const analysers = new Map<string, Analyser>([
  ...byAnalyser.flatMap(([analyser, types]) => types.split(" ").map((type) => [type, analyser] as const)),
  ...scripts
    .split(" ")
    .map(
      (type) =>
        [
          type,
          (part: Part, text: string) => examineScript(part, text, type.replace("-encoded", "")),
        ] as const,
    ),
]);

/** Types whose bytes are packed: their strings are noise, their parts are examined instead. */
const packed = new Set(
  byAnalyser
    .slice(1, 3)
    .flatMap(([, types]) => types.split(" "))
    .concat(
      "png jpeg gif tiff webp heif mp3 mp4 ogg flac avi matroska 7z rar gzip bzip2 xz zstd lz4 encrypted-ooxml font".split(
        " ",
      ),
    ),
);

/** Examines a part by its type; whatever the type, its texts are searched for values. */
export async function analyse(part: Part, type: FileType, text: string | undefined): Promise<void> {
  await analysers.get(type.id)?.(part, text ?? "");
  if (packed.has(type.id)) return;
  if (text !== undefined) observeText(part, text);
  else observeStrings(part, part.bytes);
}
