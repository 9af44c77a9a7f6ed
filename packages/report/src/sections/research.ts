import type { ResearchQuestion } from "@firebreak/model/picture";
import { type Block, cite, heading, paragraph, type Section } from "../blocks.ts";

export const research = {
  id: "research",
  title: "Needs more research",
  build: ({ research }) =>
    research.length > 0 ? research.flatMap(question) : [paragraph("No open question was raised.")],
} satisfies Section;

function question({ question, why, query, wouldChange, events }: ResearchQuestion, index: number): Block[] {
  return [
    heading(`${index + 1}. ${question}`),
    {
      kind: "facts",
      items: [
        { term: "Why", text: [why, " ", cite(events)] },
        { term: "Next step", text: [{ kind: "command", text: query }] },
        { term: "Would change", text: [wouldChange] },
      ],
    },
  ];
}
