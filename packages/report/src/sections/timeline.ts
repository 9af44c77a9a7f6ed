import { countOf } from "@firebreak/model/collections";
import type { Picture, TimelineRow } from "@firebreak/model/picture";
import {
  type Block,
  cite,
  type Lane,
  lineBreak,
  muted,
  paragraph,
  period,
  type Section,
  type Text,
  time,
} from "../blocks.ts";
import { findingNamed, linkTo } from "../prose.ts";

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
  return {
    kind: "table",
    caption: "Selected events, in order of time",
    canFilter: true,
    columns: [
      { title: "Time (UTC)", fit: "time" },
      { title: "Event", fit: "wide" },
      { title: "Why it is here" },
      { title: "Record", fit: "short" },
    ],
    rows: runs(picture.timeline).flatMap((run) => runRows(run, picture)),
  };
}

/** A run of more rows than this is folded: hundreds alike would hide what comes before and after. */
const runMax = 12;
const shownOfRun = 5;

/** Neighbours with the same reason and source. */
function runs(timeline: readonly TimelineRow[]): TimelineRow[][] {
  const found: TimelineRow[][] = [];
  for (const row of timeline) {
    const run = found.at(-1);
    const isAlike = run?.[0]?.because === row.because && run[0].source === row.source;
    if (run && isAlike) run.push(row);
    else found.push([row]);
  }
  return found;
}

function runRows(run: readonly TimelineRow[], picture: Picture): Text[][] {
  const shown = run.length > runMax ? run.slice(0, shownOfRun) : run;
  const rows = shown.map((row): Text[] => [
    [time(row.time)],
    [row.summary, lineBreak, muted(row.source)],
    because(row, picture),
    [cite([row.event])],
  ]);
  const rest = run.slice(shown.length);
  const [first] = rest;
  if (!first) return rows;
  const folded = `${countOf(rest.length, "more event")} for the same reason from the same source; the JSON report has each.`;
  const span = period(first.time, rest.at(-1)!.time);
  return [
    ...rows,
    [[span], [muted(folded)], because(first, picture), [cite(rest.map(({ event }) => event))]],
  ];
}

/** Why a row is here: findings by position, other reasons as they are written. Reasons are parted by "; ". */
function reasons({ because }: TimelineRow, picture: Picture): (number | string)[] {
  const whole = findingNamed(because, picture);
  if (whole !== undefined) return [whole];
  return because.split("; ").map((reason) => findingNamed(reason, picture) ?? reason);
}

function because(row: TimelineRow, picture: Picture): Text {
  return reasons(row, picture).flatMap((reason, i) => [
    i > 0 ? "; " : "",
    typeof reason === "number" ? linkTo(reason) : reason,
  ]);
}

function overview(picture: Picture): Lane[] {
  const marks = picture.findings.map((): number[] => []);
  const other: number[] = [];
  for (const row of picture.timeline) {
    const at = milliseconds(row.time);
    if (at === null) continue;
    const findings = reasons(row, picture).filter((reason) => typeof reason === "number");
    for (const finding of findings) marks[finding]!.push(at);
    if (findings.length === 0) other.push(at);
  }
  const lanes = picture.findings.slice(0, lanesMax).map((finding, i): Lane => {
    const start = milliseconds(finding.start);
    const end = milliseconds(finding.end);
    return {
      label: `${i + 1}. ${finding.title}`,
      severity: finding.severity,
      span: start === null || end === null ? null : [start, end],
      marks: marks[i]!,
    };
  });
  if (other.length > 0) lanes.push({ label: "Other events", severity: null, span: null, marks: other });
  return lanes.filter(({ span, marks }) => span !== null || marks.length > 0);
}

function milliseconds(at: string | null): number | null {
  const ms = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? null : ms;
}
