import { formatDuration } from "@firebreak/model/duration";
import type { ResearchQuestion } from "@firebreak/model/picture";
import { together } from "../../store/together.ts";
import { type EventRow, isoOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene } from "../scene.ts";

const clearedMax = 20;

/** Logs that somebody emptied: what stood in them, and how long the machine is silent afterwards. */
export async function clearedLogs(scene: Scene): Promise<ResearchQuestion[]> {
  const rows = await scene.store.query<EventRow>(
    rowsWhere(
      "e.action IN ('log-cleared', 'audit-log-cleared') AND e.ms IS NOT NULL AND e.host IS NOT NULL",
      { limit: clearedMax },
    ),
  );
  const around = await together(rows.map((row) => aroundOf(scene, row)));
  return rows.map((row, i) => {
    const { after, kept } = around[i]!;
    const { path } = scene.cite(row);
    const by = row.user_name === null ? "" : ` by ${row.user_name}`;
    const earlier =
      kept === 0
        ? `The export ${path} holds nothing from before`
        : `The export ${path} holds ${kept} records from before`;
    const silence =
      after === null
        ? "nothing follows in it"
        : `its next record follows ${formatDuration(after - row.ms!)} later`;
    return {
      id: findingId("question", "cleared", scene.cite(row).ref),
      question: `What did a log of ${row.host} hold before it was cleared at ${isoOf(row.ms)}?`,
      why: `A record says that it was cleared${by}. ${earlier}, and ${silence}: that something is not found there proves nothing.`,
      query: `copies of the log of ${row.host}: a collector or SIEM, backups, volume shadow copies, the file's unallocated records; and what other machines recorded of it`,
      wouldChange: "What was removed is likely what mattered; its copies would tell it.",
      events: [scene.cite(row)],
    };
  });
}

/** When the file of a record goes on after it, and how many of its records are earlier. */
async function aroundOf(
  scene: Scene,
  { evidence, ms }: EventRow,
): Promise<{ after: number | null; kept: number }> {
  const [around] = await scene.store.query<{ after: number | null; kept: number }>(
    `SELECT min(ms) FILTER (ms > ${ms}) AS after, count(*) FILTER (ms < ${ms}) AS kept
     FROM events WHERE evidence = $e ORDER BY kept`,
    { e: evidence },
  );
  return around!;
}
