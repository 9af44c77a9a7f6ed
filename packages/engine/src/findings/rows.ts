import { eventRef } from "@firebreak/model/event";
import type { Citation, EvidenceReceipt } from "@firebreak/model/picture";
import { formatInstant } from "@firebreak/model/time";
import { copiesTable } from "../store/derived.ts";

/** The columns of an event that findings work with. Values are null where the record has none. */
export interface EventRow {
  evidence: string;
  offset: number;
  length: number;
  sub: number | null;
  line: number | null;
  ms: number | null;
  ns: number | null;
  zone_source: string | null;
  dataset: string;
  kind: string | null;
  action: string | null;
  /** The values of event.type with a space between. */
  type: string | null;
  outcome: string | null;
  code: string | null;
  provider: string | null;
  host: string | null;
  observer: string | null;
  user_name: string | null;
  user_domain: string | null;
  source_ip: string | null;
  source_port: number | null;
  destination_ip: string | null;
  destination_port: number | null;
  direction: string | null;
  process: string | null;
  command_line: string | null;
  file_path: string | null;
  url: string | null;
  url_domain: string | null;
  dns_name: string | null;
  rule_name: string | null;
  process_name: string | null;
  http_method: string | null;
  http_status: number | null;
  source_bytes: number | null;
  destination_bytes: number | null;
  rest: string;
}

const names = [
  "evidence",
  "offset",
  "length",
  "sub",
  "line",
  "ms",
  "ns",
  "zone_source",
  "dataset",
  "kind",
  "action",
  "type",
  "outcome",
  "code",
  "provider",
  "host",
  "observer",
  "user_name",
  "user_domain",
  "source_ip",
  "source_port",
  "destination_ip",
  "destination_port",
  "direction",
  "process",
  "command_line",
  "file_path",
  "url",
  "url_domain",
  "dns_name",
  "rule_name",
  "process_name",
  "http_method",
  "http_status",
  "source_bytes",
  "destination_bytes",
  "rest",
] as const satisfies readonly (keyof EventRow)[];

/** The select list of an `EventRow` from the table (or alias) `e`. */
export const eventRowColumns = names.map((name) => `e."${name}"`).join(", ");

const light = new Set([
  "evidence",
  "offset",
  "length",
  "sub",
  "line",
  "ms",
  "ns",
  "dataset",
  "host",
  "observer",
  "user_name",
  "source_ip",
  "destination_ip",
]);

/** Place, time and parties only, for going through many events of which few are told; `blankRow` fills what is missing. */
export const lightRowColumns = names
  .filter((name) => light.has(name))
  .map((name) => `e."${name}"`)
  .join(", ");

/** A row without values. */
export const blankRow = {
  ...Object.fromEntries(names.map((name) => [name, null])),
  rest: "{}",
} as unknown as EventRow;

/** Condition that the event `e` is about signing in. */
export const isSignIn = "contains(e.category, 'authentication')";

export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Order of events everywhere: by time, undated last, then by place in the evidence. */
export const eventOrder = 'e.ms NULLS LAST, e.ns, e.evidence, e."offset", e.sub';

/**
 * The query for whole events `e` that meet a condition. The condition is asked of the columns that it names; all columns are
 * read of the records only that are told in the end, which is most of what such a query costs.
 *
 * @example rowsWhere("e.source_ip = $ip", { limit: 100 })
 */
export function rowsWhere(
  condition: string,
  { limit, order = eventOrder }: { limit?: number; order?: string } = {},
): string {
  const bound = limit === undefined ? "" : ` ORDER BY ${order} LIMIT ${limit}`;
  return `SELECT ${eventRowColumns} FROM events e WHERE e.rowid IN (SELECT e.rowid FROM events e WHERE ${condition}${bound}) ORDER BY ${order}`;
}

/** Joins a match `m` to its event `e`. */
export const matchJoin =
  'm.evidence = e.evidence AND m."offset" = e."offset" AND m.sub IS NOT DISTINCT FROM e.sub';

/** Condition that the event or match `e` is no copy of one in another file: what series and chains count. */
export const isNoCopy = `NOT EXISTS (SELECT 1 FROM ${copiesTable} c WHERE c.evidence = e.evidence AND c."offset" = e."offset" AND c.sub IS NOT DISTINCT FROM e.sub)`;

export function refOf(row: Pick<EventRow, "evidence" | "offset" | "sub">): string {
  return eventRef(row.evidence, { offset: row.offset, sub: row.sub ?? undefined });
}

export function isoOf(ms: number | null | undefined, ns: number | null = 0): string | null {
  return ms === null || ms === undefined ? null : formatInstant({ ms, ns: ns ?? 0 });
}

/** Fields that have no column of their own. */
export function restOf(row: { rest: string }): Record<string, unknown> {
  return JSON.parse(row.rest) as Record<string, unknown>;
}

/** Makes citations: it knows the path behind each evidence id. */
export type Cite = (
  row: Pick<EventRow, "evidence" | "offset" | "length" | "sub" | "line" | "ms" | "ns"> & { rest?: string },
) => Citation;

export function createCite(receipts: readonly EvidenceReceipt[]): Cite {
  const paths = new Map(receipts.map((receipt) => [receipt.id, receipt.path]));
  return (row) => {
    const time = isoOf(row.ms, row.ns);
    const recordId = row.rest === undefined ? undefined : restOf({ rest: row.rest })["winlog.record_id"];
    return {
      ref: refOf(row),
      path: paths.get(row.evidence) ?? row.evidence,
      offset: row.offset,
      length: row.length,
      ...(row.line !== null && { line: row.line }),
      ...(recordId !== undefined && { recordId: String(recordId) }),
      ...(time !== null && { time }),
    };
  };
}
