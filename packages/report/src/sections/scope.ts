import type { EntityState, PictureEntity } from "@firebreak/model/picture";
import {
  cite,
  type Inline,
  lineBreak,
  muted,
  paragraph,
  period,
  type Section,
  type Text,
  value,
} from "../blocks.ts";
import { formatCount, stateWord } from "../words.ts";

const order: readonly EntityState[] = ["confirmed", "suspected", "cleared", "context", "not-examined"];

export const scope = {
  id: "scope",
  title: "Scope",
  build({ entities }) {
    if (entities.length === 0) return [paragraph("No host, account or address is in scope.")];
    const groups = order.map((state) => entities.filter((entity) => entity.state === state));
    const counts = order.flatMap((state, i) => {
      const count = groups[i]!.length;
      return count === 0 ? [] : [`${formatCount(count)} ${stateWord[state].toLowerCase()}`];
    });
    return [
      {
        kind: "table",
        caption: `Entities: ${counts.join(", ")}`,
        canFilter: true,
        columns: [
          { title: "State", fit: "short" },
          { title: "Entity" },
          { title: "Score", fit: "number" },
          { title: "Why", fit: "wide" },
          { title: "Seen (UTC)" },
        ],
        rows: groups
          .flat()
          .map((entity) => [
            [{ kind: "state", state: entity.state }],
            [value(entity.value), lineBreak, muted([entity.type, ...entity.facts].join(" · "))],
            [formatCount(entity.score)],
            reasons(entity),
            [period(entity.first, entity.last)],
          ]),
      },
    ];
  },
} satisfies Section;

function reasons({ reasons, events, eventsOmitted }: PictureEntity): Text {
  if (reasons.length === 0) return [cite(events, eventsOmitted)];
  const text: Inline[] = [];
  for (const reason of reasons) {
    if (text.length > 0) text.push(lineBreak);
    text.push(reason.text, " ", cite(reason.events));
  }
  // Records that no reason names are still cited: they are what the entity was seen in.
  const named = new Set(reasons.flatMap((reason) => reason.events));
  const rest = events.filter(({ ref }) => !named.has(ref));
  if (rest.length > 0 || eventsOmitted > 0) text.push(lineBreak, "Also seen in ", cite(rest, eventsOmitted));
  return text;
}
