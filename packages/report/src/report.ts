import type { Picture } from "@firebreak/model/picture";
import type { Block, Section } from "./blocks.ts";
import { type CitationIndex, indexCitations } from "./citations.ts";
import { certainty } from "./sections/certainty.ts";
import { clocks } from "./sections/clocks.ts";
import { context } from "./sections/context.ts";
import { coverage } from "./sections/coverage.ts";
import { detections } from "./sections/detections.ts";
import { findings } from "./sections/findings.ts";
import { method } from "./sections/method.ts";
import { receipts } from "./sections/receipts.ts";
import { records } from "./sections/records.ts";
import { research } from "./sections/research.ts";
import { scope } from "./sections/scope.ts";
import { summary } from "./sections/summary.ts";
import { techniques } from "./sections/techniques.ts";
import { timeline } from "./sections/timeline.ts";

/** In reading order: what happened first, how it was found last. */
export const sections: readonly Section[] = [
  summary,
  certainty,
  scope,
  findings,
  timeline,
  techniques,
  research,
  coverage,
  clocks,
  detections,
  context,
  receipts,
  method,
  records,
];

export interface ReportOptions {
  /** The case folder as the reader would type it; "CASE" when the report travels without its case. */
  readonly casePath?: string;
}

export interface Report {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly { id: string; title: string; blocks: readonly Block[] }[];
  readonly index: CitationIndex;
}

/** The report as blocks, before any format. */
export function buildReport(picture: Picture, options: ReportOptions = {}): Report {
  const casePath = options.casePath ?? "CASE";
  return {
    title: `Incident picture: ${picture.case.organisation.name}`,
    subtitle: `${picture.case.tool} · schema ${picture.case.schema} · all times UTC`,
    sections: sections.map(({ id, title, build }) => ({ id, title, blocks: build(picture, { casePath }) })),
    index: indexCitations(picture),
  };
}
