import { formatCount } from "@firebreak/model/collections";
import type { Picture, PictureEntity } from "@firebreak/model/picture";
import { type Block, cite, type Inline, lineBreak, muted, period, type Text, value } from "../blocks.ts";
import { prose } from "../prose.ts";

/** Entities with what is known of them: the reasons for their state, each with its records, then plain facts. */
export function entityTable(caption: string, entities: readonly PictureEntity[], picture: Picture): Block {
  return {
    kind: "table",
    caption,
    canFilter: true,
    columns: [
      { title: "State", fit: "short" },
      { title: "Entity" },
      { title: "Score", fit: "number" },
      { title: "What is known", fit: "wide" },
      { title: "Seen (UTC)" },
    ],
    rows: entities.map((entity) => [
      [{ kind: "state", state: entity.state }],
      [value(entity.value), lineBreak, muted(entity.type)],
      [formatCount(entity.score)],
      known(entity, picture),
      [period(entity.first, entity.last)],
    ]),
  };
}

function known({ reasons, facts, events, eventsOmitted }: PictureEntity, picture: Picture): Text {
  const lines: Inline[][] = reasons.map((reason) => [
    ...prose(reason.text, picture),
    " ",
    cite(reason.events),
  ]);
  // Records that no reason names are still cited: they are what the entity was seen in.
  const named = new Set(reasons.flatMap((reason) => reason.events));
  const rest = events.filter(({ ref }) => !named.has(ref));
  if (rest.length > 0 || eventsOmitted > 0)
    lines.push([reasons.length > 0 ? "Also seen in " : "Seen in ", cite(rest, eventsOmitted)]);
  if (facts.length > 0) lines.push([muted(facts.join(" · "))]);
  return lines.flatMap((line, i) => (i === 0 ? line : [lineBreak, ...line]));
}
