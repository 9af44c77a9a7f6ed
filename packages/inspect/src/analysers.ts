import { examineCab } from "./archive/cab.ts";
import { examineZip } from "./archive/examine-zip.ts";
import { examineIso } from "./archive/iso.ts";
import { examineMsi } from "./archive/msi.ts";
import { examineOneNote } from "./archive/onenote.ts";
import { examineStream, examineTar } from "./archive/streams.ts";
import { examine7z, examineUnopened } from "./archive/unopened.ts";
import { examineElf, examineMachO } from "./binary/examine-elf.ts";
import { examinePe } from "./binary/examine-pe.ts";
import { examineMail } from "./mail/examine.ts";
import { examineMsg } from "./mail/msg.ts";
import { observeStrings, observeText } from "./observables/collect.ts";
import { examineWorkbook } from "./office/excel/workbook.ts";
import { examineActiveMime, examineFlatXml } from "./office/flat-xml.ts";
import { examineCompound } from "./office/ole.ts";
import { examineOoxml } from "./office/ooxml.ts";
import { examineOpenDocument } from "./office/open-document.ts";
import { examineRtf } from "./office/rtf.ts";
import { examineSeparated, examineSylk } from "./office/table-texts.ts";
import type { Part } from "./part.ts";
import { examinePdf } from "./pdf/examine.ts";
import type { FileType } from "./result.ts";
import { examineScript, examineText } from "./script/examine.ts";
import { examineLnk } from "./shortcut/examine.ts";
import {
  examineInternetShortcut,
  examineLibrary,
  examineRegistryScript,
  examineSetup,
  examineShellCommand,
  examineWebQuery,
} from "./shortcut/texts.ts";
import { examineHtml } from "./web/html.ts";

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
  [examineZip, "zip jar apk epub ooxml"],
  [examineOpenDocument, "opendocument-text opendocument-sheet opendocument-slides opendocument"],
  [examinePdf, "pdf"],
  [(part) => examineWorkbook(part, part.bytes), "excel-biff"],
  [examinePe, "pe-exe pe-dll"],
  [examineElf, "elf"],
  [examineMachO, "mach-o"],
  [examineLnk, "lnk"],
  [examineMail, "eml mht"],
  [examineMsg, "outlook-message"],
  [examineRtf, "rtf"],
  [examineFlatXml, "word-xml excel-xml flat-opc"],
  [examineActiveMime, "activemime"],
  [examineSylk, "sylk"],
  [examineInternetShortcut, "internet-shortcut"],
  [examineShellCommand, "scf"],
  [examineWebQuery, "iqy"],
  [examineLibrary, "library-ms"],
  [examineRegistryScript, "reg"],
  [examineSetup, "inf"],
  [examineTable, "csv"],
  [(part) => examineStream(part, "gzip"), "gzip"],
  [(part) => examineStream(part, "zstd"), "zstd"],
  [examineTar, "tar"],
  [examineIso, "iso"],
  [examineCab, "cab"],
  [examineOneNote, "onenote"],
  [examineMsi, "msi"],
  [examine7z, "7z"],
  [examineText, "text json certificate xml"],
];

/** A table may be opened by Excel, whatever its cells were meant for. */
async function examineTable(part: Part, text: string): Promise<void> {
  examineSeparated(part, text);
  await examineText(part, text);
}

const scripts =
  "vba-source vbscript vbscript-encoded jscript jscript-encoded powershell batch shell python perl ruby php";

const unopened = "rar ace arj bzip2 xz lz4 vhd vhdx dmg deb rpm ar wim chm tnef flash access pst";

const analysers = new Map<string, Analyser>([
  ...unopened.split(" ").map((type) => [type, (part: Part) => examineUnopened(part, type)] as const),
  ...["html", "hta", "wsf", "svg"].map(
    (kind) => [kind, (part: Part, text: string) => examineHtml(part, text, kind)] as const,
  ),
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
    .slice(1, 5)
    .flatMap(([, types]) => types.split(" "))
    .concat(
      "tar iso cab msi png jpeg gif tiff webp heif mp3 mp4 ogg flac avi matroska 7z rar gzip bzip2 xz zstd lz4 deb rpm vhd vhdx dmg wim encrypted-ooxml font".split(
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
