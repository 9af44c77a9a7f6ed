import { type EventRow, eventOrder, eventRowColumns } from "./rows.ts";
import type { Scene } from "./scene.ts";

const batch = 2000;

/** Events read back by their references, each batch in order of time. */
export async function rowsByRef(scene: Pick<Scene, "store">, refs: readonly string[]): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  for (let from = 0; from < refs.length; from += batch) {
    const places = refs.slice(from, from + batch).map((ref) => {
      const [evidence, place] = ref.split(":") as [string, string];
      const [offset, sub] = place.split(".");
      return `('${evidence}', ${Number(offset)}, ${sub === undefined ? "NULL" : Number(sub)})`;
    });
    rows.push(
      ...(await scene.store.query<EventRow>(
        `SELECT ${eventRowColumns} FROM events e JOIN (VALUES ${places.join(",")}) p(evidence, "offset", sub)
         ON e.evidence = p.evidence AND e."offset" = p."offset" AND e.sub IS NOT DISTINCT FROM p.sub ORDER BY ${eventOrder}`,
      )),
    );
  }
  return rows;
}
