import { countOf, formatCount } from "@firebreak/model/collections";
import type { Picture } from "@firebreak/model/picture";
import { type Block, heading, type Inline, list, paragraph, type Section, time, value } from "../blocks.ts";
import { prose } from "../prose.ts";
import { formatBytes } from "../words.ts";

export const summary = {
  id: "summary",
  title: "Summary",
  build(picture) {
    const { organisation, alert, summary: lines } = picture.case;
    const blocks: Block[] =
      lines.length > 0 ? [lead(picture)] : [paragraph("The evidence supports no statement.")];
    blocks.push(stats(picture));
    const items: { term: string; text: Inline[] }[] = [
      {
        term: "Organisation",
        text: [
          value(organisation.name),
          organisation.declared ? " (as declared)" : " (inferred from the evidence)",
        ],
      },
    ];
    for (const statement of organisation.statements) items.push({ term: "", text: [statement] });
    blocks.push({ kind: "facts", items }, heading("The alert"));
    if (alert) blocks.push({ kind: "facts", items: alertFacts(alert) });
    else blocks.push(paragraph("None was given: the evidence was examined as a whole."));
    return blocks;
  },
} satisfies Section;

function lead(picture: Picture): Block {
  return {
    kind: "callout",
    tone: "note",
    title: "What happened",
    blocks: [list(picture.case.summary.map((line) => prose(line, picture)))],
  };
}

function stats({ counts }: Picture): Block {
  return {
    kind: "stats",
    items: [
      { label: counts.findings === 1 ? "finding" : "findings", value: formatCount(counts.findings) },
      { label: counts.detections === 1 ? "detection" : "detections", value: formatCount(counts.detections) },
      { label: counts.records === 1 ? "record read" : "records read", value: formatCount(counts.records) },
      { label: "rejected", value: formatCount(counts.rejected) },
      { label: "undated", value: formatCount(counts.undated) },
      { label: `in ${countOf(counts.files, "file")}`, value: formatBytes(counts.bytes) },
    ],
  };
}

function alertFacts(alert: NonNullable<Picture["case"]["alert"]>): { term: string; text: Inline[] }[] {
  const facts: { term: string; text: Inline[] }[] = [{ term: "Source", text: [value(alert.source)] }];
  if (alert.time !== undefined) facts.push({ term: "Time", text: [time(alert.time), " UTC"] });
  for (const [name, field] of Object.entries(alert.fields)) facts.push({ term: name, text: [value(field)] });
  alert.statements.forEach((statement, index) => {
    facts.push({ term: index === 0 ? "In the evidence" : "", text: [statement] });
  });
  return facts;
}
