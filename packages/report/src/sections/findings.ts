import type { Finding, FindingStep } from "@firebreak/model/picture";
import {
  type Block,
  cite,
  type Inline,
  lineBreak,
  list,
  muted,
  paragraph,
  period,
  type Section,
  type Step,
  strong,
  value,
} from "../blocks.ts";
import { kindWord } from "../words.ts";

export const findings = {
  id: "findings",
  title: "Findings",
  build: ({ findings }) =>
    findings.length > 0
      ? findings.map(card)
      : [paragraph("No finding. What was looked at is listed under coverage.")],
} satisfies Section;

/** Where a finding stands in the report. By position: an id may hold any character. */
export function findingAnchor(index: number): string {
  return `finding-${index + 1}`;
}

/** What people call it when they speak about it. */
export function findingLabel(index: number): string {
  return `Finding ${index + 1}`;
}

function card(finding: Finding, index: number): Block {
  const meta: Inline[] = [
    { kind: "severity", severity: finding.severity },
    " ",
    { kind: "confidence", confidence: finding.confidence },
    ` · ${kindWord[finding.kind]} · `,
    period(finding.start, finding.end),
    finding.start === null && finding.end === null ? "" : " UTC",
    ` · ${finding.id}`,
  ];
  const { severity, title } = finding;
  const label = findingLabel(index);
  return { kind: "card", id: findingAnchor(index), label, severity, title, meta, blocks: body(finding) };
}

function body(finding: Finding): Block[] {
  const { statement, events, eventsOmitted, steps, alternatives } = finding;
  const blocks: Block[] = [paragraph(statement, " ", cite(events, eventsOmitted))];
  if (steps && steps.length > 0) blocks.push(...stepBlocks(steps));
  const items: { term: string; text: Inline[] }[] = [];
  if (finding.entities.length > 0) items.push({ term: "Entities", text: entityText(finding) });
  if (finding.techniques.length > 0) items.push({ term: "ATT&CK", text: techniqueText(finding) });
  if (items.length > 0) blocks.push({ kind: "facts", items });
  if (alternatives.length > 0)
    blocks.push(paragraph(strong("Other explanations")), list(alternatives.map((text) => [text])));
  return blocks;
}

function stepBlocks(steps: readonly FindingStep[]): Block[] {
  const met = steps.filter((step) => step.met).length;
  const items = steps.map((step): Step => {
    const text: Inline[] = [step.name, " ", cite(step.events)];
    if (step.nearestMiss !== undefined) text.push(lineBreak, muted(`Nearest miss: ${step.nearestMiss}`));
    return { isMet: step.met, text };
  });
  return [paragraph(strong(`${met} of ${steps.length} steps seen`)), { kind: "steps", items }];
}

function entityText({ entities }: Finding): Inline[] {
  return entities.flatMap((entity, i) => [
    i > 0 ? ", " : "",
    value(entity.value),
    ` (${entity.type}, ${entity.role})`,
  ]);
}

function techniqueText({ techniques }: Finding): Inline[] {
  return techniques.flatMap((technique, i) => [
    i > 0 ? "; " : "",
    `${technique.id} ${technique.name} `,
    cite(technique.events),
  ]);
}
