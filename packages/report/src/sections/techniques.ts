import type { Picture } from "@firebreak/model/picture";
import { cite, muted, paragraph, type Section } from "../blocks.ts";

interface Row {
  name: string;
  events: Set<string>;
  from: Set<string>;
}

export const techniques = {
  id: "techniques",
  title: "ATT&CK techniques",
  build(picture) {
    const rows = [...collect(picture)].sort(([a], [b]) => (a < b ? -1 : 1));
    if (rows.length === 0) return [paragraph("No event was mapped to a technique.")];
    return [
      {
        kind: "table",
        caption: "Techniques and the events that show them",
        columns: [
          { title: "Technique", fit: "short" },
          { title: "Name" },
          { title: "Seen in" },
          { title: "Records" },
        ],
        rows: rows.map(([id, row]) => [
          [id],
          [row.name === "" ? muted("named by a rule only") : row.name],
          [[...row.from].join("; ")],
          [cite([...row.events])],
        ]),
      },
    ];
  },
} satisfies Section;

function collect(picture: Picture): Map<string, Row> {
  const rows = new Map<string, Row>();
  const add = (id: string, name: string, from: string, events: readonly string[]) => {
    const row = rows.get(id) ?? { name: "", events: new Set(), from: new Set() };
    if (row.name === "") row.name = name;
    row.from.add(from);
    for (const event of events) row.events.add(event);
    rows.set(id, row);
  };
  for (const { title, techniques } of picture.findings)
    for (const { id, name, events } of techniques) add(id, name, title, events);
  for (const { title, techniques, events } of picture.detections)
    for (const id of techniques)
      add(
        id,
        "",
        title,
        events.map(({ ref }) => ref),
      );
  return rows;
}
