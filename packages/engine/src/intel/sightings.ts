import type { Sightings } from "@firebreak/intel/card/card";
import type { Observable } from "@firebreak/intel/observable";
import { countOf } from "@firebreak/model/collections";
import { recordsOf } from "../findings/alert/records.ts";
import { listDataset } from "../findings/red-flags/indicator-lists.ts";
import { type EventRow, isoOf, refOf } from "../findings/rows.ts";
import type { OrganisationProfile } from "../organisation/profile.ts";
import type { EventStore } from "../store/store.ts";

const shownAtEachEnd = 5;
const maxHosts = 50;

/** First and last records of an observable in the case's logs. Types that logs do not hold (a CVE) have none. */
export async function sightingsOf(
  store: EventStore,
  profile: OrganisationProfile,
  observable: Observable,
): Promise<Sightings | undefined> {
  const { type, value } = observable;
  if (type === "vulnerability") return undefined;
  const found = await recordsOf({ store, profile }, { type, value });
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
    asSource: rows.filter(({ source_ip }) => source_ip === value).length,
    asDestination: rows.filter(({ destination_ip }) => destination_ip === value).length,
    hosts: hostsOf(rows),
    coverage: await coverageOf(store),
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
