import type { EntityState, PictureEntity } from "@firebreak/model/picture";
import {
  type Block,
  cite,
  heading,
  type Inline,
  lineBreak,
  muted,
  paragraph,
  type Section,
  type Text,
  value,
} from "../blocks.ts";
import { formatCount, formatPeriod, stateWord } from "../words.ts";

const order: readonly EntityState[] = ["confirmed", "suspected", "cleared", "context", "not-examined"];

export const scope = {
  id: "scope",
  title: "Scope",
  build({ entities }) {
    if (entities.length === 0) return [paragraph("No host, account or address is in scope.")];
    return order.flatMap((state) => {
      const rows = entities.filter((entity) => entity.state === state);
      return rows.length === 0
        ? []
        : [heading(`${stateWord[state]} (${formatCount(rows.length)})`), table(state, rows)];
    });
  },
} satisfies Section;

function table(state: EntityState, entities: readonly PictureEntity[]): Block {
  return {
    kind: "table",
    caption: `Entities: ${stateWord[state].toLowerCase()}`,
    columns: [
      { title: "Entity" },
      { title: "Score", fit: "number" },
      { title: "Why" },
      { title: "Seen (UTC)" },
    ],
    rows: entities.map((entity) => [
      name(entity),
      [formatCount(entity.score)],
      reasons(entity),
      [formatPeriod(entity.first, entity.last)],
    ]),
  };
}

function name(entity: PictureEntity): Text {
  const text: Inline[] = [{ kind: "state", state: entity.state }, " ", value(entity.value), lineBreak];
  text.push(muted([entity.type, ...entity.facts].join(" · ")));
  return text;
}

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
