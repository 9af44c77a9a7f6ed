import { countOf, formatCount } from "@firebreak/model/collections";
import type { EntityState } from "@firebreak/model/picture";
import { type Block, paragraph, type Section } from "../blocks.ts";
import { stateWord } from "../words.ts";
import { entityTable } from "./entity-table.ts";

/** Context comes in a section of its own: it may be long, and nobody has to act on it. */
const order: readonly EntityState[] = ["confirmed", "suspected", "cleared", "not-examined"];

export const scope = {
  id: "scope",
  title: "Scope",
  build(picture) {
    const { entities } = picture;
    const groups = order.map((state) => entities.filter((entity) => entity.state === state));
    const counts = order.flatMap((state, i) => {
      const count = groups[i]!.length;
      return count === 0 ? [] : [`${formatCount(count)} ${stateWord[state].toLowerCase()}`];
    });
    const shown = groups.flat();
    const blocks: Block[] = [
      shown.length > 0
        ? entityTable(`Entities: ${counts.join(", ")}`, shown, picture)
        : paragraph("No host, account or address is confirmed, suspected, cleared or left unexamined."),
    ];
    const rest = entities.length - shown.length;
    if (rest > 0)
      blocks.push(
        paragraph(
          "Further down: ",
          { kind: "link", to: "context", text: `${countOf(rest, "entity", "entities")} of context` },
          ".",
        ),
      );
    return blocks;
  },
} satisfies Section;
