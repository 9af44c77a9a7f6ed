import { getOrMake } from "@firebreak/model/collections";
import type { ResearchQuestion } from "@firebreak/model/picture";
import { type EventRow, refOf, restOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene } from "../scene.ts";

/** Records that can be read in more than one way: every reading is shown and none is taken. */
export async function ambiguousRecords(scene: Scene): Promise<ResearchQuestion[]> {
  const rows = await scene.store.query<EventRow>(
    rowsWhere(
      `e.dataset LIKE 'windows/%' AND e.action IS NULL AND contains(e.rest, '"firebreak.ambiguous":true')`,
      { limit: 10000 },
    ),
  );
  const groups = new Map<string, { code: string; readings: string[]; rows: EventRow[] }>();
  for (const row of rows) {
    const readings = [restOf(row)["firebreak.readings"] ?? []].flat().map(String);
    // One reading only: the provider is missing, and there is nothing else that it could mean.
    if (readings.length < 2) continue;
    const code = row.code ?? "?";
    getOrMake(groups, `${code}\0${readings.join("\0")}`, () => ({ code, readings, rows: [] })).rows.push(row);
  }
  return [...groups.values()].map(({ code, readings, rows: found }) => ({
    id: findingId("question", "ambiguous", code, ...readings),
    question: `What ${found.length === 1 ? "does the record" : `do the ${found.length} records`} with event id ${code} mean?`,
    why: `The export does not name the provider, and the id means different things: ${readings.map((reading, i) => `(${i + 1}) ${reading}`).join(" ")} The record is ambiguous; no reading is taken as fact (${found.slice(0, 5).map(refOf).join(", ")}).`,
    query: `the same records in the original log (EVTX), where the provider is recorded: event id ${code}${found[0]!.host ? ` on ${found[0]!.host}` : ""}`,
    wouldChange: `With the provider known, each record supports one reading: ${readings.join(" or ")}`,
    events: found.slice(0, 50).map(scene.cite),
  }));
}
