import type { Finding, FindingStep, Picture } from "@firebreak/model/picture";
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
import { findingAnchor, findingLabel, prose } from "../prose.ts";
import { kindWord } from "../words.ts";

export const findings = {
  id: "findings",
  title: "Findings",
  build: (picture) =>
    picture.findings.length > 0
      ? picture.findings.map((finding, i) => card(finding, i, picture))
      : [paragraph("No finding. What was looked at is listed under coverage.")],
} satisfies Section;

function card(finding: Finding, index: number, picture: Picture): Block {
  const meta: Inline[] = [
    { kind: "severity", severity: finding.severity },
    " ",
    { kind: "confidence", confidence: finding.confidence },
    ` · ${kindWord[finding.kind]} · `,
    period(finding.start, finding.end),
    finding.start === null && finding.end === null ? "" : " UTC",
    " · ",
    value(finding.id),
  ];
  const { severity, title } = finding;
  const label = findingLabel(index);
  return {
    kind: "card",
    id: findingAnchor(index),
    label,
    severity,
    title,
    meta,
    blocks: body(finding, picture),
  };
}

function body(finding: Finding, picture: Picture): Block[] {
  const { statement, events, eventsOmitted, steps, alternatives } = finding;
  const blocks: Block[] = [paragraph(...prose(statement, picture), " ", cite(events, eventsOmitted))];
  if (steps && steps.length > 0) blocks.push(...stepBlocks(steps));
  const items: { term: string; text: Inline[] }[] = [];
  if (finding.entities.length > 0) items.push({ term: "Entities", text: entityText(finding) });
  if (finding.techniques.length > 0) items.push({ term: "ATT&CK", text: techniqueText(finding) });
  if (items.length > 0) blocks.push({ kind: "facts", items });
  if (alternatives.length > 0)
    blocks.push(
      paragraph(strong("Other explanations")),
      list(alternatives.map((text) => prose(text, picture))),
    );
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

/** Entities of one kind and role together: a finding may name hundreds. */
function entityText({ entities }: Finding): Inline[] {
  const groups = Map.groupBy(entities, ({ type, role }) => (role === type ? type : `${type} (${role})`));
  return [...groups].flatMap(([kind, group], i): Inline[] => [
    i > 0 ? lineBreak : "",
    `${kind}: `,
    ...group.flatMap((entity, k) => [k > 0 ? ", " : "", value(entity.value)]),
  ]);
}

function techniqueText({ techniques }: Finding): Inline[] {
  return techniques.flatMap((technique, i) => [
    i > 0 ? "; " : "",
    `${technique.id} ${technique.name} `,
    cite(technique.events),
  ]);
}
