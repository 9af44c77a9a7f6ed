import type { EventRow } from "../rows.ts";

/** Records with the same addresses and ports within two hours are one session, however often it was logged. */
export function sessionsOf(rows: readonly EventRow[]): EventRow[][] {
  const open = new Map<string, EventRow[]>();
  const sessions: EventRow[][] = [];
  for (const row of rows) {
    const key =
      row.source_port === null
        ? undefined
        : `${row.source_ip}:${row.source_port}>${row.destination_ip}:${row.destination_port}`;
    const known = key === undefined ? undefined : open.get(key);
    if (known && row.ms !== null && known.at(-1)!.ms !== null && row.ms - known.at(-1)!.ms! <= 7_200_000)
      known.push(row);
    else {
      const made = [row];
      sessions.push(made);
      if (key !== undefined) open.set(key, made);
    }
  }
  return sessions;
}
