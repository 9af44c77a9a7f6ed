import type { Finding } from "@firebreak/model/picture";
import { type Block, cite, type Inline, list, paragraph, type Section, type Text } from "../blocks.ts";
import { findingAnchor, findingLabel } from "../prose.ts";
import { type Certainty, certaintyOf } from "../words.ts";

const parts: { certainty: Certainty; title: string; none: string }[] = [
  { certainty: "sure", title: "Sure", none: "Nothing in the evidence is strong enough to be called sure." },
  { certainty: "suspected", title: "Suspected", none: "Nothing else is suspected." },
  { certainty: "weak", title: "Weak", none: "No weak sign was kept." },
];

export const certainty = {
  id: "certainty",
  title: "What is sure, suspected and weak",
  build: ({ findings }) =>
    parts.map(({ certainty, title, none }): Block => {
      const items = findings.flatMap((finding, i) =>
        certaintyOf(finding.confidence) === certainty ? [line(finding, i)] : [],
      );
      return {
        kind: "callout",
        tone: certainty,
        title,
        blocks: [items.length > 0 ? list(items) : paragraph(none)],
      };
    }),
} satisfies Section;

function line(finding: Finding, index: number): Text {
  const link: Inline = {
    kind: "link",
    to: findingAnchor(index),
    text: `${findingLabel(index)}: ${finding.title}`,
  };
  return [
    { kind: "severity", severity: finding.severity },
    " ",
    link,
    " ",
    { kind: "confidence", confidence: finding.confidence },
    " ",
    cite(finding.events, finding.eventsOmitted),
  ];
}
