import { countOf, formatCount } from "@firebreak/model/collections";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import {
  type Block,
  heading,
  type Inline,
  lineBreak,
  list,
  muted,
  paragraph,
  period,
  type Section,
  strong,
  type Text,
  value,
} from "../blocks.ts";
import { formatBytes } from "../words.ts";

export const receipts = {
  id: "receipts",
  title: "Evidence receipts",
  build({ evidence }) {
    if (evidence.length === 0) return [paragraph("No evidence was given.")];
    const rejects = evidence.flatMap(rejectRows);
    const blocks: Block[] = [
      paragraph(
        "A receipt says what became of each byte of a file: part of a record, rejected, or skipped for a named reason.",
      ),
      {
        kind: "table",
        caption: "Evidence items and what was read from them",
        columns: [
          { title: "Evidence item", fit: "wide" },
          { title: "Records", fit: "number" },
          { title: "Rejected", fit: "number" },
          { title: "Undated", fit: "number" },
          { title: "Period (UTC) and zone" },
          { title: "Bytes by fate" },
        ],
        rows: evidence.map((item) => [
          itemText(item),
          [formatCount(item.records)],
          [formatCount(item.rejected)],
          [formatCount(item.undated)],
          [period(item.first, item.last), lineBreak, muted(item.zone ?? "no zone needed")],
          fates(item),
        ]),
      },
    ];
    const notes = evidence.flatMap((item) => item.notes.map((note): Text => [value(item.path), `: ${note}`]));
    if (notes.length > 0) blocks.push(heading("Notes"), list(notes));
    if (rejects.length > 0) blocks.push(heading("Rejected records"), rejectTable(rejects));
    return blocks;
  },
} satisfies Section;

function itemText(item: EvidenceReceipt): Text {
  const formats = Object.entries(item.formats);
  const mixed =
    formats.length > 1 ? ` (${formats.map(([name, n]) => `${name} ${formatCount(n)}`).join(", ")})` : "";
  const described = muted(`${item.format}${mixed} · ${formatBytes(item.bytes)}`);
  return [value(item.path), lineBreak, described, lineBreak, muted(`SHA-256 ${item.sha256}`)];
}

function fates({ accounted, bytes }: EvidenceReceipt): Text {
  const { records, rejected, skipped } = accounted;
  const parts = [["records", records], ["rejected", rejected], ...Object.entries(skipped)] as [
    string,
    number,
  ][];
  const text: Inline[] = [];
  let sum = 0;
  for (const [fate, count] of parts) {
    sum += count;
    if (count > 0) text.push(`${fate} ${formatCount(count)}`, lineBreak);
  }
  if (sum === bytes) text.push(muted(`all ${formatCount(bytes)}`));
  else text.push(strong(`${formatCount(sum)} of ${formatCount(bytes)} accounted for`));
  return text;
}

function rejectRows(item: EvidenceReceipt): Text[][] {
  return item.rejects.map(({ offset, length, line, reason }) => [
    [value(item.path)],
    [line === undefined ? "" : formatCount(line)],
    [formatCount(offset)],
    [countOf(length, "byte")],
    [reason],
  ]);
}

function rejectTable(rows: Text[][]): Block {
  return {
    kind: "table",
    caption: "Bytes that should have been a record and are not",
    columns: [
      { title: "Evidence item" },
      { title: "Line", fit: "number" },
      { title: "Offset", fit: "number" },
      { title: "Length", fit: "number" },
      { title: "Reason" },
    ],
    rows,
  };
}
