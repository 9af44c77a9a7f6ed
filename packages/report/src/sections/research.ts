import type { Picture, ResearchQuestion } from "@firebreak/model/picture";
import { type Block, cite, heading, paragraph, type Section } from "../blocks.ts";
import { prose } from "../prose.ts";

export const research = {
  id: "research",
  title: "Needs more research",
  build: (picture) =>
    picture.research.length > 0
      ? picture.research.flatMap((asked, i) => question(asked, i, picture))
      : [paragraph("No open question was raised.")],
} satisfies Section;

function question(
  { question, why, query, wouldChange, events }: ResearchQuestion,
  index: number,
  picture: Picture,
): Block[] {
  return [
    heading(`${index + 1}. ${question}`),
    {
      kind: "facts",
      items: [
        { term: "Why", text: [...prose(why, picture), " ", cite(events)] },
        { term: "Next step", text: [{ kind: "command", text: query }] },
        { term: "Would change", text: prose(wouldChange, picture) },
      ],
    },
  ];
}
