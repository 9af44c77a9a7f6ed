import { compareText } from "@firebreak/model/collections";
import { matchedTable } from "../store/derived.ts";
import { type EventRow, eventOrder, eventRowColumns, refOf } from "./rows.ts";
import type { Scene } from "./scene.ts";

const batch = 2000;
/** References that are asked for together. */
const groupRefs = 20_000;

/** Events read back by their references, each batch in order of time. */
export async function rowsByRef(scene: Pick<Scene, "store">, refs: readonly string[]): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  for (let from = 0; from < refs.length; from += batch)
    rows.push(...(await readBatch(scene, refs.slice(from, from + batch))));
  return rows;
}

/** The same in a case that is only read, where no small table of matched events was made. */
export async function storedRows(scene: Pick<Scene, "store">, refs: readonly string[]): Promise<EventRow[]> {
  return refs.length === 0 ? [] : readFrom(scene, "events", refs.slice(0, batch));
}

/** Most events that findings cite are in the small table of matched events; the large one is asked only for the others. */
async function readBatch(scene: Pick<Scene, "store">, refs: readonly string[]): Promise<EventRow[]> {
  const matched = await readFrom(scene, matchedTable, refs);
  if (matched.length >= refs.length) return matched;
  const found = new Set(matched.map(refOf));
  const others = refs.filter((ref) => !found.has(ref));
  if (others.length === 0) return matched;
  const rest = await readFrom(scene, "events", others);
  return matched.length === 0 ? rest : [...matched, ...rest].sort(compareRows);
}

async function readFrom(
  scene: Pick<Scene, "store">,
  table: typeof matchedTable | "events",
  refs: readonly string[],
): Promise<EventRow[]> {
  const places = refs.map((ref) => {
    const [evidence, place] = ref.split(":") as [string, string];
    const [offset, sub] = place.split(".");
    return `('${evidence}', ${Number(offset)}, ${sub === undefined ? "NULL" : Number(sub)})`;
  });
  return scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM ${table} e WHERE e.rowid IN (
       SELECT e.rowid FROM ${table} e JOIN (VALUES ${places.join(",")}) p(evidence, "offset", sub)
       ON e.evidence = p.evidence AND e."offset" = p."offset" AND e.sub IS NOT DISTINCT FROM p.sub) ORDER BY ${eventOrder}`,
  );
}

/** The order of `eventOrder`. */
function compareRows(a: EventRow, b: EventRow): number {
  const last = Number.POSITIVE_INFINITY;
  return (
    compareNumbers(a.ms ?? last, b.ms ?? last) ||
    compareNumbers(a.ns ?? last, b.ns ?? last) ||
    compareText(a.evidence, b.evidence) ||
    a.offset - b.offset ||
    compareNumbers(a.sub ?? last, b.sub ?? last)
  );
}

/** Also for infinite values, whose difference is no number. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Gives each item its events, which are read for many items at once: a query of its own for each goes through the store as
 * often as there are items. Events come in order of time.
 */
export async function withRows<Item, Out>(
  scene: Pick<Scene, "store">,
  items: readonly Item[],
  refsOf: (item: Item) => readonly string[],
  use: (item: Item, rows: EventRow[]) => Out,
): Promise<Out[]> {
  const out: Out[] = [];
  for (let from = 0; from < items.length; ) {
    const group: { item: Item; refs: readonly string[] }[] = [];
    for (let size = 0; from < items.length && (size < groupRefs || group.length === 0); from++) {
      const refs = refsOf(items[from]!);
      group.push({ item: items[from]!, refs });
      size += refs.length;
    }
    const wanted = new Set(group.flatMap(({ refs }) => refs));
    const rows = new Map((await rowsByRef(scene, [...wanted])).map((row) => [refOf(row), row]));
    for (const { item, refs } of group) {
      const own = [...new Set(refs)].flatMap((ref) => rows.get(ref) ?? []);
      out.push(use(item, own.sort(compareRows)));
    }
  }
  return out;
}
