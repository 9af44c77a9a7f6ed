import { countOf, formatCount } from "@firebreak/model/collections";
import type { Citation } from "@firebreak/model/picture";
import { type Inline, lineBreak, paragraph, type Section, time, value } from "../blocks.ts";
import { indexCitations } from "../citations.ts";

export const records = {
  id: "records",
  title: "Cited records",
  build(picture, { casePath }) {
    const { citations } = indexCitations(picture);
    if (citations.length === 0) return [paragraph("Nothing is cited.")];
    return [
      paragraph("Each record can be read again from the evidence with the command beside it."),
      {
        kind: "table",
        caption: "Records that this report cites, in the order of the evidence",
        canFilter: true,
        columns: [
          { title: "No.", fit: "number" },
          { title: "Time (UTC)", fit: "time" },
          { title: "Where it lies, and the command to read it" },
        ],
        rows: citations.map((citation, i) => [
          [{ kind: "anchor", id: `r${i + 1}`, text: String(i + 1) }],
          [time(citation.time)],
          [value(citation.path), lineBreak, place(citation), lineBreak, command(casePath, citation)],
        ]),
      },
    ];
  },
} satisfies Section;

function place({ offset, length, line, recordId }: Citation): Inline {
  const parts = [`byte ${formatCount(offset)}, ${countOf(length, "byte")}`];
  if (line !== undefined) parts.push(`line ${formatCount(line)}`);
  if (recordId !== undefined) parts.push(`record ${recordId}`);
  return parts.join(" · ");
}

function command(casePath: string, { ref }: Citation): Inline {
  // Quoted for a shell only where it must be, so that the usual command stays readable.
  const folder = /^[\w./:\\-]+$/.test(casePath) ? casePath : JSON.stringify(casePath);
  return { kind: "command", text: `firebreak show ${folder} ${ref}` };
}
