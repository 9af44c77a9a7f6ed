import type { Picture, TimelineRow } from "@firebreak/model/picture";
import { type Block, cite, type Lane, muted, paragraph, type Section, type Text, time } from "../blocks.ts";
import { countOf } from "../words.ts";
import { findingAnchor, findingLabel } from "./findings.ts";

/** More lanes than this no longer give an overview. */
const lanesMax = 10;

export const timeline = {
  id: "timeline",
  title: "Timeline",
  build(picture) {
    if (picture.timeline.length === 0) return [paragraph("No dated or undated event was selected.")];
    const lanes = overview(picture);
    const blocks: Block[] =
      lanes.length > 0 ? [{ kind: "figure", caption: "Findings over time (UTC)", lanes }] : [];
    const left = picture.findings.length - lanesMax;
    if (left > 0)
      blocks.push(paragraph(`The overview leaves out ${countOf(left, "finding")}; the table has all.`));
    return [...blocks, table(picture)];
  },
} satisfies Section;

function table(picture: Picture): Block {
  const position = new Map(picture.findings.map(({ id }, i) => [id, i]));
  return {
    kind: "table",
    caption: "Selected events, in order of time",
    canFilter: true,
    columns: [
      { title: "Time (UTC)", fit: "time" },
      { title: "Event", fit: "wide" },
      { title: "Source" },
      { title: "Why it is here" },
      { title: "Record", fit: "short" },
    ],
    rows: picture.timeline.map((row) => [
      [time(row.time)],
      [row.summary],
      [muted(row.source)],
      because(row, position.get(row.because)),
      [cite([row.event])],
    ]),
  };
}

function because(row: TimelineRow, finding: number | undefined): Text {
  if (finding === undefined) return [row.because];
  return [{ kind: "link", to: findingAnchor(finding), text: findingLabel(finding) }];
}

function overview({ findings, timeline }: Picture): Lane[] {
  const marks = Map.groupBy(timeline, (row) => row.because);
  const lanes = findings.slice(0, lanesMax).map((finding, i): Lane => {
    const start = milliseconds(finding.start);
    const end = milliseconds(finding.end);
    return {
      label: `${i + 1}. ${finding.title}`,
      severity: finding.severity,
      span: start === null || end === null ? null : [start, end],
      marks: (marks.get(finding.id) ?? []).flatMap((row) => milliseconds(row.time) ?? []),
    };
  });
  const ids = new Set(findings.map(({ id }) => id));
  const other = timeline.flatMap((row) => (ids.has(row.because) ? [] : (milliseconds(row.time) ?? [])));
  if (other.length > 0) lanes.push({ label: "Other events", severity: null, span: null, marks: other });
  return lanes.filter(({ span, marks }) => span !== null || marks.length > 0);
}

function milliseconds(at: string | null): number | null {
  const ms = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? null : ms;
}
