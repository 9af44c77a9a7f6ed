import { compareText } from "@firebreak/model/collections";
import type { Citation, Finding, PictureDetection, TimelineRow } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { type EventRow, refOf } from "./rows.ts";
import { rowsByRef } from "./rows-by-ref.ts";
import type { Scene } from "./scene.ts";

export interface Timeline {
  rows: TimelineRow[];
  /** Cited events beyond the rows that are kept. */
  omitted: number;
}

/** Rows of the timeline; how many more there are is told in the case's summary. */
export const timelineRows = 2000;

/** The cited events of all findings and of detections of medium or more, in order of time, each with why it is here. */
export async function buildTimeline(
  scene: Scene,
  findings: readonly Finding[],
  detections: readonly PictureDetection[],
): Promise<Timeline> {
  const because = new Map<string, { citation: Citation; reasons: Set<string> }>();
  const add = (citation: Citation, reason: string) => {
    const known = because.get(citation.ref);
    if (known) known.reasons.add(reason);
    else because.set(citation.ref, { citation, reasons: new Set([reason]) });
  };
  for (const finding of findings) for (const citation of finding.events) add(citation, finding.title);
  for (const detection of detections) {
    if (severityRank(detection.level) >= severityRank("medium"))
      for (const citation of detection.events) add(citation, detection.title);
  }
  const ordered = [...because.values()].sort(
    (a, b) =>
      compareText(a.citation.time ?? "~", b.citation.time ?? "~") ||
      compareText(a.citation.ref, b.citation.ref),
  );
  const shown = ordered.slice(0, timelineRows);
  const summaries = await summarise(
    scene,
    shown.map(({ citation }) => citation),
  );
  const rows = shown.map(({ citation, reasons }) => ({
    time: citation.time ?? null,
    because: [...reasons].join("; "),
    summary: summaries.get(citation.ref) ?? "",
    source: citation.path,
    event: citation,
  }));
  return { rows, omitted: ordered.length - shown.length };
}

async function summarise(scene: Scene, citations: readonly Citation[]): Promise<Map<string, string>> {
  const rows = await rowsByRef(
    scene,
    citations.map(({ ref }) => ref),
  );
  return new Map(rows.map((row) => [refOf(row), summariseEvent(row)]));
}

/** What a device decided, else how it ended: the outcome of a denied connection is the device's success or the client's failure. */
function endingOf({ type, outcome }: EventRow): string | undefined {
  const decided = type?.split(" ").find((one) => one === "denied" || one === "allowed");
  if (decided !== undefined) return decided;
  return outcome === null || outcome === "unknown" ? undefined : outcome;
}

/** One event in one line: what, who, where from, where to. */
export function summariseEvent(row: EventRow): string {
  const parts = [row.action ?? (row.code ? `event ${row.code}` : row.dataset)];
  const ending = endingOf(row);
  if (ending !== undefined && !parts[0]!.includes(ending)) parts.push(`(${ending})`);
  if (row.host) parts.push(`on ${row.host}`);
  if (row.user_name) parts.push(`account ${row.user_name}`);
  if (row.source_ip)
    parts.push(`from ${row.source_ip}${row.source_port === null ? "" : `:${row.source_port}`}`);
  if (row.destination_ip)
    parts.push(`to ${row.destination_ip}${row.destination_port === null ? "" : `:${row.destination_port}`}`);
  if (row.process) parts.push(`by ${row.process}`);
  if (row.command_line) parts.push(`"${row.command_line.slice(0, 200)}"`);
  if (row.url) parts.push(row.url.slice(0, 200));
  if (row.file_path) parts.push(`file ${row.file_path.slice(0, 200)}`);
  return parts.join(" ");
}
