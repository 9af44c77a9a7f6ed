import { paragraph, type Section } from "../blocks.ts";
import { entityTable } from "./entity-table.ts";

export const context = {
  id: "context",
  title: "Entities of context",
  build(picture) {
    const entities = picture.entities.filter(({ state }) => state === "context");
    if (entities.length === 0) return [paragraph("No entity was kept as context only.")];
    return [
      paragraph("These entities took part in what is described above, and nothing is held against them."),
      entityTable("Entities of context", entities, picture),
    ];
  },
} satisfies Section;
