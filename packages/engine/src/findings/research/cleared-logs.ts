import { formatDuration } from "@firebreak/model/duration";
import type { ResearchQuestion } from "@firebreak/model/picture";
import { type EventRow, eventOrder, eventRowColumns, isoOf } from "../rows.ts";
import { findingId, type Scene } from "../scene.ts";

const clearedMax = 20;

/** Logs that somebody emptied: what stood in them, and how long the machine is silent afterwards. */
export async function clearedLogs(scene: Scene): Promise<ResearchQuestion[]> {
  const rows = await scene.store.query<
    EventRow & { before: number | null; after: number | null; kept: number }
  >(
    `SELECT ${eventRowColumns},
       (SELECT max(o.ms) FROM events o WHERE o.evidence = e.evidence AND o.ms < e.ms) AS before,
       (SELECT min(o.ms) FROM events o WHERE o.evidence = e.evidence AND o.ms > e.ms) AS after,
       (SELECT count(*) FROM events o WHERE o.evidence = e.evidence AND o.ms < e.ms) AS kept
     FROM events e WHERE e.action IN ('log-cleared', 'audit-log-cleared') AND e.ms IS NOT NULL AND e.host IS NOT NULL
     ORDER BY ${eventOrder} LIMIT ${clearedMax}`,
  );
  return rows.map((row) => {
    const { path } = scene.cite(row);
    const by = row.user_name === null ? "" : ` by ${row.user_name}`;
    const earlier =
      Number(row.kept) === 0
        ? `The export ${path} holds nothing from before`
        : `The export ${path} holds ${Number(row.kept)} records from before`;
    const silence =
      row.after === null
        ? "nothing follows in it"
        : `its next record follows ${formatDuration(row.after - row.ms!)} later`;
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
