import { countOf } from "@firebreak/model/collections";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import { hotColumns } from "../store/columns.ts";
import type { EventStore } from "../store/store.ts";

/** A record that stands in more files than this is a line that devices repeat, not a copy of a file. */
const maxFiles = 8;
/** Fewer equal records are chance: two machines may write one line in the same second. */
const fewestRecords = 3;
const leastShare = 0.01;
const maxTold = 5;

interface OverlapRow {
  one: string;
  other: string;
  shared: number;
}

/**
 * Notes on the receipts which files hold the same records: a rotated log and its copy, two exports of one period. Records
 * count as the same when format, time, length and every field are equal. All are kept and counted: the note says how many
 * stand twice.
 */
export async function withOverlaps(
  store: EventStore,
  receipts: readonly EvidenceReceipt[],
): Promise<EvidenceReceipt[]> {
  const alike = await filesAlike(store, overlapping(receipts));
  const rows = alike.length < 2 ? [] : await sharedRecords(store, alike);
  const byId = new Map(receipts.filter(({ format }) => format !== "duplicate").map((one) => [one.id, one]));
  const notes = new Map<string, string[]>();
  const told = (id: string, other: EvidenceReceipt, shared: number) => {
    const own = byId.get(id)!;
    const list = notes.get(id) ?? [];
    list.push(
      `${shared} of its ${countOf(own.records, "record")} also stand in ${other.path} (same time and values): copies of one log or exports that overlap; all are counted as records, and once where series are judged`,
    );
    notes.set(id, list);
  };
  for (const { one, other, shared } of rows) {
    const [a, b] = [byId.get(one), byId.get(other)];
    const count = Number(shared);
    if (!a || !b || count < Math.max(fewestRecords, Math.min(a.records, b.records) * leastShare)) continue;
    told(one, b, count);
    told(other, a, count);
  }
  return receipts.map((receipt) => {
    const own = receipt.format === "duplicate" ? undefined : notes.get(receipt.id);
    if (!own) return receipt;
    const more = own.length > maxTold ? [`… and records of ${own.length - maxTold} more files`] : [];
    return { ...receipt, notes: [...receipt.notes, ...own.slice(0, maxTold), ...more] };
  });
}

/** Columns that equal records share; they are small, while to read all of a record costs as much as all else here. */
const outline = ["dataset", "ms", "ns", "length", "host", "user_name", "source_ip", "source_port"];

/** Ids of the files of which records have the outline of a record in another file. */
async function filesAlike(store: EventStore, candidates: ReadonlySet<string>): Promise<string[]> {
  if (candidates.size < 2) return [];
  const rows = await store.query<{ evidence: string }>(
    `WITH outlines AS MATERIALIZED (SELECT evidence, ${hashOf(outline)} AS h FROM events WHERE ${isAmong(candidates)}),
     copied AS (SELECT h FROM outlines GROUP BY h HAVING min(evidence) <> max(evidence))
     SELECT evidence FROM outlines SEMI JOIN copied USING (h) GROUP BY evidence ORDER BY evidence`,
  );
  return rows.map(({ evidence }) => evidence);
}

/** So many files at least: each sets one of 64 bits, some the same. To count files by their names takes much longer. */
const atLeastFiles = "bit_count(bit_or(1::UBIGINT << (file % 64)::INTEGER))";

/** How many records each two of the files have in common. */
function sharedRecords(store: EventStore, files: readonly string[]): Promise<OverlapRow[]> {
  const columns = ["dataset", "ms", "ns", "length", ...hotColumns.map(({ column }) => column), "rest"];
  return store.query<OverlapRow>(
    `WITH hashed AS MATERIALIZED (
       SELECT evidence, hash(evidence) AS file, ${hashOf(columns)} AS h FROM events WHERE ${isAmong(files)}),
     few AS (SELECT h FROM hashed GROUP BY h HAVING min(file) <> max(file) AND ${atLeastFiles} <= ${maxFiles}),
     records AS (SELECT evidence, h, count(*) AS n FROM hashed SEMI JOIN few USING (h) GROUP BY ALL),
     copied AS (SELECT h FROM records GROUP BY h HAVING count(*) BETWEEN 2 AND ${maxFiles})
     SELECT a.evidence AS one, b.evidence AS other, sum(least(a.n, b.n)) AS shared
     FROM records a SEMI JOIN copied c ON c.h = a.h JOIN records b ON a.h = b.h AND a.evidence < b.evidence
     GROUP BY ALL ORDER BY one, other`,
  );
}

function hashOf(columns: readonly string[]): string {
  return `hash(${columns.map((name) => `"${name}"`).join(", ")})`;
}

function isAmong(files: Iterable<string>): string {
  return `ms IS NOT NULL AND evidence IN (${[...files].map((id) => `'${id}'`).join(", ")})`;
}

/** Ids of files that share a format and a time with another: only these can hold the same records. */
function overlapping(receipts: readonly EvidenceReceipt[]): Set<string> {
  const found = new Set<string>();
  const byFormat = new Map<string, EvidenceReceipt[]>();
  for (const receipt of receipts) {
    if (receipt.format === "duplicate" || receipt.first === null || receipt.last === null) continue;
    const list = byFormat.get(receipt.format) ?? [];
    list.push(receipt);
    byFormat.set(receipt.format, list);
  }
  for (const list of byFormat.values()) {
    list.sort((a, b) => Date.parse(a.first!) - Date.parse(b.first!));
    let latest: EvidenceReceipt | undefined;
    for (const receipt of list) {
      if (latest && Date.parse(receipt.first!) <= Date.parse(latest.last!))
        found.add(latest.id).add(receipt.id);
      if (!latest || Date.parse(receipt.last!) > Date.parse(latest.last!)) latest = receipt;
    }
  }
  return found;
}
