/** Office Open XML packages ([ECMA-376]): relations to elsewhere, macros, objects, fields, sheets. */
import { zipMembers } from "../archive/zip.ts";
import { decodeText } from "../identify/text.ts";
import { observeText, observeUrl } from "../observables/collect.ts";
import type { Part } from "../part.ts";
import { decodeEntities, tagsOf, textOf } from "../xml.ts";
import { examineBinaryLink, examineBinarySheet, examineBinaryWorkbook } from "./excel/binary-workbook.ts";
import {
  examineExternalLink,
  examineMacroSheet,
  examineSheet,
  examineWorkbookXml,
} from "./excel/xml-workbook.ts";
import { judgeExternal } from "./links.ts";
import { examineWordXml } from "./word-xml.ts";

/** Parts that are looked through as XML and are no parts of the report. */
const xmlPart = /\.(?:xml|rels|vml)$/i;

export async function examineOoxml(part: Part): Promise<void> {
  await examineBook(part);
  for await (const { name, bytes } of zipMembers(part)) {
    part.run.budget.check();
    if (/\.rels$/i.test(name)) examineRelations(part, name, decodeText(bytes));
    else if (xmlPart.test(name)) await examineXml(part, name, bytes);
    else await examineBinary(part, name, bytes);
  }
}

const bookPart = /^xl\/(?:workbook\.(?:xml|bin)|_rels\/workbook\.(?:xml|bin)\.rels)$/i;

/** The workbook comes first, wherever it lies in the package: it says which parts are macro sheets, and which are hidden. */
async function examineBook(part: Part): Promise<void> {
  const members = new Map<string, Uint8Array>();
  for await (const { name, bytes } of zipMembers(part, (name) => bookPart.test(name)))
    members.set(name.toLowerCase(), bytes);
  const macroSheets = new Set<string>();
  for (const [name, bytes] of members) {
    if (!name.endsWith(".rels")) continue;
    for (const { attributes } of tagsOf(decodeText(bytes)))
      if (/Macrosheet$/i.test(attributes.Type ?? "")) macroSheets.add(attributes.Id ?? "");
  }
  const xml = members.get("xl/workbook.xml");
  const binary = members.get("xl/workbook.bin");
  if (xml !== undefined) examineWorkbookXml(part, "xl/workbook.xml", decodeText(xml), macroSheets);
  if (binary !== undefined) examineBinaryWorkbook(part, "xl/workbook.bin", binary, macroSheets);
}

function examineRelations(part: Part, member: string, xml: string): void {
  for (const { name, attributes, isClosing } of tagsOf(xml)) {
    if (name !== "Relationship" || isClosing) continue;
    const kind = (attributes.Type ?? "").split("/").at(-1)!;
    if (kind === "activeXControlBinary" || kind === "control") part.features.add("activex");
    if (attributes.TargetMode?.toLowerCase() !== "external") continue;
    const target = attributes.Target ?? "";
    observeUrl(part, target);
    judgeExternal(part, kind, target, { member });
  }
}

async function examineXml(part: Part, member: string, bytes: Uint8Array): Promise<void> {
  part.run.budget.addBytes(bytes.length);
  const xml = decodeText(bytes);
  if (/^word\//i.test(member)) examineWordXml(part, member, xml);
  else if (/^xl\/externalLinks\//i.test(member)) examineExternalLink(part, member, xml);
  else if (/^xl\/macrosheets\//i.test(member)) await examineMacroSheet(part, member, xml);
  else if (/^xl\/worksheets\//i.test(member)) examineSheet(part, member, xml);
  else if (/^customUI\//i.test(member)) examineRibbon(part, member, xml);
  else if (/^docProps\//i.test(member)) describeProperties(part, xml);
  if (/\/activeX\d*\.xml$/i.test(member) || /<\w*:?ocx\b/.test(xml.slice(0, 2000)))
    part.features.add("activex");
  if (
    /^(?:word\/(?:document|comments|footnotes)|xl\/sharedStrings|xl\/worksheets\/|ppt\/slides\/slide|ppt\/notesSlides\/)/i.test(
      member,
    )
  ) {
    if (/^ppt\//i.test(member)) observeText(part, textOf(xml).replace(/\s+/g, " "));
    else if (!/^xl\/worksheets/i.test(member)) observeText(part, textOf(xml));
  }
}

/** A ribbon's callback runs when the document is loaded, without any click ([MS-CUSTOMUI] 2.2). */
function examineRibbon(part: Part, member: string, xml: string): void {
  for (const { name, attributes } of tagsOf(xml)) {
    const load = attributes.onLoad ?? attributes.loadImage;
    if (name === "customUI" && load !== undefined) part.sign("custom-ui-load", load, { member });
  }
}

function describeProperties(part: Part, xml: string): void {
  const properties = (part.details.properties ?? {}) as Record<string, string>;
  part.details.properties = properties;
  for (const [, name, value] of xml.matchAll(
    /<(?:\w+:)?(creator|lastModifiedBy|title|Application|AppVersion|created|modified|Template|Company)\b[^>]*>([^<]{1,500})</g,
  ))
    properties[name!] = decodeEntities(value!);
}

async function examineBinary(part: Part, name: string, bytes: Uint8Array): Promise<void> {
  if (bookPart.test(name)) return;
  if (/^xl\/macrosheets\//i.test(name)) await examineBinarySheet(part, name, bytes);
  else if (
    /^xl\/(?:worksheets|sharedStrings|styles|binaryIndex|calcChain|externalLinks|theme|tables)/i.test(name)
  ) {
    if (/externalLinks/i.test(name)) examineBinaryLink(part, name, bytes);
    else part.run.budget.addBytes(bytes.length);
  } else await examineMember(part, name, bytes);
}

async function examineMember(part: Part, name: string, bytes: Uint8Array): Promise<void> {
  const report = await part.child(name, bytes, { kind: "member" });
  if (report === undefined) return;
  if (report.features.includes("vba-macros")) part.features.add("vba-macros");
  const embeds = /\/embeddings\//i.test(name);
  const picture = /^(?:png|jpeg|gif|bmp|tiff|emf|wmf|svg|webp|ico|font|mp3|mp4|wav|avi)$/.test(
    report.type.id,
  );
  if (/\/activeX\//i.test(name)) {
    part.features.add("activex");
    part.sign("activex", name, { member: name });
  } else if (embeds || report.features.includes("embedded-objects")) {
    part.features.add("embedded-objects");
    part.sign("embedded-object", `${name}: ${report.type.description}`, { member: name });
  } else if (
    !picture &&
    /^(?:pe-exe|pe-dll|lnk|elf|hta|batch|vbscript|jscript|powershell)$/.test(report.type.id)
  ) {
    part.sign("embedded-executable", `${name}: ${report.type.description}`, { member: name });
  }
}
