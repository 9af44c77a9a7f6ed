import type { Part } from "../part.ts";
import { decodeEntities, type Tag, tagsOf } from "../xml.ts";
import { expandQuotes, judgeField } from "./dde.ts";
import { judgeExternal } from "./links.ts";

/** Fields, frames and objects of a WordprocessingML part ([ECMA-376] part 1, 17.16): instructions are split over runs. */
export function examineWordXml(part: Part, member: string, xml: string): void {
  const open: { instruction: string; isResult: boolean }[] = [];
  let steps = 0;
  for (const tag of tagsOf(xml)) {
    if (++steps % 8192 === 0) part.run.budget.check();
    if (tag.isClosing) continue;
    if (tag.name === "fldSimple") judge(part, member, tag.attributes.instr ?? "");
    else if (tag.name === "fldChar") fieldMark(part, member, tag, open);
    else if (tag.name === "instrText" || tag.name === "delInstrText") addInstruction(xml, tag, open);
    else if (tag.name === "control" || tag.name === "ocx") part.features.add("activex");
    else if (tag.name === "OLEObject") examineOleTag(part, tag, member);
  }
  // A field that is never closed still counts.
  for (const { instruction } of open) judge(part, member, instruction);
}

function judge(part: Part, member: string, instruction: string): void {
  judgeField(part, expandQuotes(instruction), { member });
}

function fieldMark(
  part: Part,
  member: string,
  { attributes }: Tag,
  open: { instruction: string; isResult: boolean }[],
): void {
  const kind = attributes.fldCharType;
  if (kind === "begin") {
    if (open.length < 50) open.push({ instruction: "", isResult: false });
  } else if (kind === "separate") {
    const top = open.at(-1);
    if (top !== undefined) top.isResult = true;
  } else if (kind === "end") {
    const field = open.pop();
    if (field === undefined) return;
    judge(part, member, field.instruction);
    const outer = open.at(-1);
    if (outer !== undefined && !outer.isResult) outer.instruction += expandQuotes(field.instruction.trim());
  }
}

function addInstruction(xml: string, tag: Tag, open: { instruction: string; isResult: boolean }[]): void {
  const end = xml.indexOf("<", tag.end);
  const text = decodeEntities(xml.slice(tag.end, end < 0 ? xml.length : end));
  const top = open.at(-1);
  if (top === undefined) open.push({ instruction: text, isResult: false });
  else if (!top.isResult && top.instruction.length < 10_000) top.instruction += text;
}

function examineOleTag(part: Part, { attributes }: Tag, member: string): void {
  part.features.add(attributes.Type === "Link" ? "linked-objects" : "embedded-objects");
  if (attributes.Type === "Link") judgeExternal(part, "oleObject", attributes.LinkType ?? "link", { member });
  if (/^Equation\.(?:2|3)$/.test(attributes.ProgID ?? ""))
    part.sign("equation-object", attributes.ProgID, { member });
}
