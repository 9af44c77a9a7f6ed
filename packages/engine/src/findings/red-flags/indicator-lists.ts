import { countOf } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { type EventRow, isoOf, refOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";

/** Dataset of files that are lists of addresses, names or hashes someone handed over. */
export const listDataset = "generic/indicator-list";

interface Listed {
  address: string;
  n: number;
}

/** Which addresses of the lists in the evidence the logs saw, and how many they did not. */
export async function listedAddresses(scene: Scene): Promise<Finding[]> {
  const rows = await scene.store.query<Listed>(
    `WITH listed AS (SELECT DISTINCT unnest(from_json(rest->'$."related.ip"', '["VARCHAR"]')) AS address FROM events WHERE dataset = '${listDataset}' AND contains(rest, 'related.ip')),
     seen AS (SELECT source_ip AS address FROM events WHERE dataset <> '${listDataset}' UNION ALL SELECT destination_ip FROM events WHERE dataset <> '${listDataset}')
     SELECT listed.address, count(seen.address) AS n FROM listed LEFT JOIN seen ON seen.address = listed.address GROUP BY listed.address ORDER BY n DESC, listed.address`,
  );
  if (rows.length === 0) return [];
  const met = rows.filter(({ n }) => n > 0);
  const names = met.map(({ address }) => `'${address.replaceAll("'", "''")}'`).join(",") || "''";
  const cited = await scene.store.query<EventRow>(
    rowsWhere(
      `e.dataset <> '${listDataset}' AND (e.source_ip IN (${names}) OR e.destination_ip IN (${names}))`,
      { limit: shownEvents },
    ),
  );
  const total = met.reduce((sum, { n }) => sum + n, 0);
  const dated = cited.filter(({ ms }) => ms !== null);
  return [
    {
      id: findingId("red-flag", "indicator-lists"),
      kind: "red-flag",
      title: `${met.length} of ${countOf(rows.length, "listed address", "listed addresses")} appear in the logs`,
      statement: `The evidence holds a list of addresses. ${countOf(met.length, "address", "addresses")} of it are in ${countOf(total, "record")} (first: ${cited.slice(0, 3).map(refOf).join(", ") || "none"}); ${rows.length - met.length} are in no record of the sources that were read. A list says who was named, not who is bad.`,
      severity: "low",
      confidence: 35,
      start: isoOf(dated[0]?.ms),
      end: isoOf(dated.at(-1)?.ms),
      entities: met.slice(0, 200).map(({ address }) => ({
        type: "address" as const,
        value: address,
        role: scene.networks.isInternal(address) ? "mentioned" : "destination",
      })),
      techniques: [],
      events: cited.map(scene.cite),
      eventsOmitted: Math.max(0, total - cited.length),
      alternatives: ["The list may hold every external address that was seen, good and bad."],
    },
  ];
}
