import type { Sightings } from "@firebreak/intel/card/card";
import type { Observable } from "@firebreak/intel/observable";
import { countOf } from "@firebreak/model/collections";
import { type Found, recordsOf } from "../findings/alert/records.ts";
import { listDataset } from "../findings/red-flags/indicator-lists.ts";
import { type EventRow, isoOf, refOf } from "../findings/rows.ts";
import type { OrganisationProfile } from "../organisation/profile.ts";
import type { EventStore } from "../store/store.ts";

const shownAtEachEnd = 5;
const maxHosts = 50;

/**
 * First and last records of an observable in the case's logs, under any of its names (a file's MD5 and SHA-256). Types that
 * logs do not hold (a CVE) have none.
 */
export async function sightingsOf(
  store: EventStore,
  profile: OrganisationProfile,
  names: readonly Observable[],
): Promise<Sightings | undefined> {
  const founds = [];
  for (const { type, value } of names)
    if (type !== "vulnerability") founds.push(await recordsOf({ store, profile }, { type, value }));
  if (founds.length === 0) return undefined;
  const found = mergeFound(founds);
  const values = names.map(({ value }) => value);
  // A list that names the observable is no record of it.
  const rows = found.rows.filter(({ dataset }) => dataset !== listDataset);
  const dated = rows.filter(({ ms }) => ms !== null);
  const shown = [...new Set([...rows.slice(0, shownAtEachEnd), ...rows.slice(-shownAtEachEnd)])].map(refOf);
  const count = found.count - (found.rows.length - rows.length);
  return {
    count,
    undated: rows.length - dated.length,
    first: isoOf(dated[0]?.ms, dated[0]?.ns),
    last: found.count > found.rows.length ? isoOf(found.lastMs) : isoOf(dated.at(-1)?.ms, dated.at(-1)?.ns),
    events: shown,
    eventsOmitted: Math.max(0, count - shown.length),
    asSource: rows.filter(({ source_ip }) => source_ip !== null && values.includes(source_ip)).length,
    asDestination: rows.filter(
      ({ destination_ip }) => destination_ip !== null && values.includes(destination_ip),
    ).length,
    hosts: hostsOf(rows),
    coverage: await coverageOf(store),
  };
}

/** Records of several names as one list; a record that holds two of them counts once. */
function mergeFound(founds: readonly Found[]): Found {
  if (founds.length === 1) return founds[0]!;
  const rows = new Map(founds.flatMap(({ rows: list }) => list).map((row) => [refOf(row), row]));
  const doubled = founds.reduce((sum, { rows: list }) => sum + list.length, 0) - rows.size;
  const latest = founds.flatMap(({ lastMs }) => lastMs ?? []);
  return {
    rows: [...rows.values()].sort(
      (a, b) =>
        (a.ms ?? Number.POSITIVE_INFINITY) - (b.ms ?? Number.POSITIVE_INFINITY) ||
        (refOf(a) < refOf(b) ? -1 : 1),
    ),
    count: founds.reduce((sum, { count }) => sum + count, 0) - doubled,
    lastMs: latest.length > 0 ? Math.max(...latest) : null,
  };
}

function hostsOf(rows: readonly EventRow[]): string[] {
  return [...new Set(rows.flatMap(({ host }) => host ?? []))].sort().slice(0, maxHosts);
}

/** What was searched: an absence is only as wide as this. */
async function coverageOf(store: EventStore): Promise<string> {
  const [all] = await store.query<{ sources: number; n: number; first: number | null; last: number | null }>(
    "SELECT count(DISTINCT evidence) AS sources, count(*) AS n, min(ms) AS first, max(ms) AS last FROM events",
  );
  if (!all || all.n === 0) return "the case holds no records";
  const span = all.first === null ? "none dated" : `from ${isoOf(all.first)} to ${isoOf(all.last)}`;
  return `${countOf(all.n, "record")} of ${countOf(all.sources, "source")} searched, ${span}`;
}
