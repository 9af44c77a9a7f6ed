import { countOf, formatCount } from "@firebreak/model/collections";
import type { Picture } from "@firebreak/model/picture";
import {
  type Block,
  heading,
  type Inline,
  lineBreak,
  list,
  paragraph,
  period,
  type Section,
  type Text,
  value,
} from "../blocks.ts";
import { prose } from "../prose.ts";
import { formatTime } from "../words.ts";

export const coverage = {
  id: "coverage",
  title: "What was looked at, and what is not known",
  build(picture) {
    const unknown = notKnown(picture);
    return [
      picture.coverage.length > 0
        ? table(picture)
        : paragraph("No source gave a dated record: nothing can be said to be absent."),
      heading("Not known"),
      unknown.length > 0 ? list(unknown) : paragraph("No gap, rejected record or unread file was noticed."),
    ];
  },
} satisfies Section;

function table(picture: Picture): Block {
  return {
    kind: "table",
    caption: "Sources, the time they cover, and what that supports",
    columns: [
      { title: "Source" },
      { title: "Covers (UTC)" },
      { title: "Records", fit: "number" },
      { title: "What it supports", fit: "wide" },
    ],
    rows: picture.coverage.map((row) => [
      [value(row.source), lineBreak, { kind: "muted", text: row.kind }],
      [period(row.first, row.last)],
      [formatCount(row.records)],
      prose(row.statement, picture),
    ]),
  };
}

function notKnown(picture: Picture): Text[] {
  const lines: Inline[][] = [];
  for (const { source, gaps } of picture.coverage)
    for (const { from, to } of gaps)
      lines.push([value(source), ` has no record from ${formatTime(from)} to ${formatTime(to)} UTC.`]);
  for (const item of picture.evidence) {
    if (item.format === "unrecognised")
      lines.push([value(item.path), " is in no known format and was not read."]);
    if (item.rejected > 0)
      lines.push([value(item.path), ` has ${countOf(item.rejected, "record")} that could not be read.`]);
    if (item.undated > 0)
      lines.push([value(item.path), ` has ${countOf(item.undated, "record")} without a usable time.`]);
  }
  for (const { state, type, value: name } of picture.entities)
    if (state === "not-examined")
      lines.push([`The ${type} `, value(name), " is named in the evidence and was not examined."]);
  return lines;
}
