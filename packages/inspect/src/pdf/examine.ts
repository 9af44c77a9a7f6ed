/** What a PDF does: actions, scripts, attachments, links (ISO 32000-1, 12.6). */

import { extensionOf, runningExtensions } from "../identify/types.ts";
import { observeText, observeUrl } from "../observables/collect.ts";
import { judgeLink } from "../office/links.ts";
import type { Part } from "../part.ts";
import { nameIn, type PdfDocument, type PdfObject, readPdf } from "./document.ts";
import { decodeStream } from "./filters.ts";
import { decodePdfText, type PdfDictionary, type PdfValue } from "./values.ts";

const scriptsMax = 200;
const attachmentsMax = 200;

export async function examinePdf(part: Part): Promise<void> {
  const document = readPdf(part);
  describe(part, document);
  const isClosed = document.encryption === "closed";
  if (document.encryption !== "none") part.features.add("encrypted");
  if (document.encryption === "opened") part.features.add("password-opened");
  if (isClosed) {
    part.sign("encrypted", "PDF");
    part.note(
      "encrypted",
      "texts and streams of the PDF are encrypted; its structure is examined, they are not",
      true,
    );
  }
  const scripts = new Map<string, number>();
  for (const object of document.objects) {
    part.run.budget.check();
    forEachDictionary(object.value, (dictionary) =>
      examineDictionary(part, document, object, dictionary, scripts),
    );
  }
  judgeAutomatic(part, document);
  if (isClosed) return;
  for (const [source, at] of [...scripts].slice(0, scriptsMax)) {
    const bytes = new Uint8Array(Buffer.from(source));
    await part.child(`JavaScript at ${at}`, bytes, { kind: "macro", typeId: "jscript", source });
  }
  await examineAttachments(part, document);
  if (!/%%EOF/.test(Buffer.from(part.bytes.subarray(-2048)).toString("latin1")))
    part.note(
      "damaged",
      "the PDF has no end mark: it may be cut off",
      document.objects.length === 0 || scripts.size === 0,
    );
}

function describe(part: Part, document: PdfDocument): void {
  const count = (type: string) =>
    document.objects.filter(({ value }) => value.kind === "dictionary" && nameIn(value, "Type") === type)
      .length;
  const header = /%PDF-([\d.]{1,4})/.exec(Buffer.from(part.bytes.subarray(0, 1024)).toString("latin1"));
  part.details.pdf = {
    version: header?.[1],
    objects: document.objects.length,
    pages: count("Page"),
    objectStreams: count("ObjStm"),
  };
  for (const trailer of document.trailers) {
    const info = document.resolve(trailer.entries.get("Info"));
    if (info?.kind !== "dictionary") continue;
    for (const key of ["Title", "Author", "Creator", "Producer", "CreationDate"]) {
      const value = document.resolve(info.entries.get(key));
      if (value?.kind === "text")
        (part.details.pdf as Record<string, unknown>)[key] = decodePdfText(value.raw).slice(0, 300);
    }
  }
}

function forEachDictionary(value: PdfValue, visit: (dictionary: PdfDictionary) => void): void {
  if (value.kind === "array") for (const item of value.items) forEachDictionary(item, visit);
  else if (value.kind === "dictionary") {
    visit(value);
    for (const entry of value.entries.values()) forEachDictionary(entry, visit);
  }
}

const telling =
  /^(?:JS|JavaScript|OpenAction|AA|Launch|EmbeddedFile|URI|SubmitForm|RichMedia|ObjStm|XFA|AcroForm|Action|S)$/;

function examineDictionary(
  part: Part,
  document: PdfDocument,
  { at }: PdfObject,
  dictionary: PdfDictionary,
  scripts: Map<string, number>,
): void {
  const { entries, maskedNames } = dictionary;
  const place = { offset: at };
  for (const name of maskedNames) if (telling.test(name)) part.sign("pdf-name-obfuscation", name, place);
  const action = nameIn(dictionary, "S");
  if (entries.has("JS") || action === "JavaScript") {
    part.features.add("javascript");
    const source = textOrStream(part, document, entries.get("JS"));
    const isClosed = document.encryption === "closed";
    part.sign("pdf-javascript", isClosed ? "encrypted" : source.slice(0, 100), place);
    if (source.trim() !== "" && !scripts.has(source)) scripts.set(source, at);
  }
  if (action === "Launch") {
    part.features.add("launch-action");
    part.sign("pdf-launch", launchTarget(document, dictionary), place);
  } else if (action === "SubmitForm" || action === "ImportData")
    part.sign("pdf-submit", fileOf(document, entries.get("F")), place);
  else if (action === "GoToR" || action === "GoToE") {
    const target = fileOf(document, entries.get("F"));
    if (/^(?:[a-z]{3,}:|\\\\|\/\/)/i.test(target)) part.sign("pdf-remote", target, place);
  }
  const uri = document.resolve(entries.get("URI"));
  if (uri?.kind === "text") {
    part.features.add("hyperlinks");
    observeUrl(part, decodePdfText(uri.raw), place);
    judgeLink(part, decodePdfText(uri.raw), place);
  }
  if (entries.has("XFA")) part.sign("pdf-xfa", "", place);
  if (/^(?:RichMedia|Screen|Movie|3D)$/.test(nameIn(dictionary, "Subtype")))
    part.sign("pdf-rich-media", nameIn(dictionary, "Subtype"), place);
}

function textOrStream(part: Part, document: PdfDocument, value: PdfValue | undefined): string {
  const resolved = document.resolve(value);
  if (resolved?.kind === "text") return decodePdfText(resolved.raw);
  if (value?.kind !== "reference" || resolved?.kind !== "dictionary") return "";
  const { raw } = document.get(value.object) ?? {};
  if (raw === undefined) return "";
  const { bytes, stoppedAt } = decodeStream(raw, resolved, part.run.budget.bytesLeft);
  if (stoppedAt !== undefined) part.note("unsupported", `a script is packed with ${stoppedAt}`, true);
  return decodePdfText(Buffer.from(bytes).toString("latin1"));
}

function launchTarget(document: PdfDocument, { entries }: PdfDictionary): string {
  const windows = document.resolve(entries.get("Win"));
  const parameters = windows?.kind === "dictionary" ? fileOf(document, windows.entries.get("P")) : "";
  const program = windows?.kind === "dictionary" ? fileOf(document, windows.entries.get("F")) : "";
  return `${program || fileOf(document, entries.get("F"))} ${parameters}`.trim();
}

function fileOf(document: PdfDocument, value: PdfValue | undefined): string {
  const resolved = document.resolve(value);
  if (resolved?.kind === "text") return decodePdfText(resolved.raw);
  if (resolved?.kind !== "dictionary") return "";
  const name = document.resolve(resolved.entries.get("UF") ?? resolved.entries.get("F"));
  return name?.kind === "text" ? decodePdfText(name.raw) : "";
}

/** What happens without a click: the catalog's OpenAction, and additional actions of the catalog and of pages. */
function judgeAutomatic(part: Part, document: PdfDocument): void {
  for (const { value, at } of document.objects) {
    if (value.kind !== "dictionary") continue;
    const open = document.resolve(value.entries.get("OpenAction"));
    if (open?.kind === "dictionary") tellAutomatic(part, "OpenAction", nameIn(open, "S"), at);
    const type = nameIn(value, "Type");
    const additional = document.resolve(value.entries.get("AA"));
    if (additional?.kind !== "dictionary" || (type !== "Catalog" && type !== "Page" && type !== "Pages"))
      continue;
    for (const [event, action] of additional.entries) {
      const resolved = document.resolve(action);
      if (resolved?.kind === "dictionary") tellAutomatic(part, `AA ${event}`, nameIn(resolved, "S"), at);
    }
  }
}

function tellAutomatic(part: Part, event: string, action: string, at: number): void {
  if (action === "GoTo" || action === "Named" || action === "") return;
  part.features.add("auto-action");
  part.sign("pdf-auto-action", `${event}: ${action}`, { offset: at });
}

async function examineAttachments(part: Part, document: PdfDocument): Promise<void> {
  const names = new Map<number, string>();
  for (const { value } of document.objects) {
    forEachDictionary(value, (dictionary) => {
      const embedded = document.resolve(dictionary.entries.get("EF"));
      if (embedded?.kind !== "dictionary") return;
      for (const entry of embedded.entries.values())
        if (entry.kind === "reference") names.set(entry.object, fileOf(document, dictionary));
    });
  }
  let count = 0;
  for (const { value, raw, number, at } of document.objects) {
    if (raw === undefined || value.kind !== "dictionary") continue;
    if (nameIn(value, "Type") === "Metadata" && nameIn(value, "Subtype") === "XML") {
      observeText(part, Buffer.from(decodeStream(raw, value, 1 << 20).bytes).toString("utf8"));
      continue;
    }
    if (nameIn(value, "Type") !== "EmbeddedFile" && !names.has(number)) continue;
    part.features.add("embedded-files");
    const name = names.get(number) || `embedded file ${number}`;
    part.sign("pdf-embedded-file", name, { offset: at });
    if (runningExtensions.has(extensionOf(name))) part.sign("embedded-executable", name, { offset: at });
    if (++count > attachmentsMax) {
      part.note(
        "attachments-limit",
        `more than ${attachmentsMax} attached files; the rest is not examined`,
        true,
      );
      return;
    }
    const { bytes, stoppedAt } = decodeStream(raw, value, part.run.budget.bytesLeft);
    if (stoppedAt !== undefined) part.note("unsupported", `${name} is packed with ${stoppedAt}`, true);
    await part.child(name, bytes, { kind: "attachment" });
  }
}
