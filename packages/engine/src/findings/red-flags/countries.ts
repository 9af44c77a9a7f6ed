import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { type EventRow, isoOf, refOf, rowsWhere } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";

interface Peer {
  address: string;
  n: number;
  bytes: number | null;
}

const shownAddresses = 200;

/** Traffic with addresses in countries where the organisation does not say it works: worth a look, never proof. */
export async function foreignTraffic(scene: Scene): Promise<Finding[]> {
  if (scene.profile.operatingCountries.length === 0) return [];
  const peers = await scene.store.query<Peer>(
    `SELECT address, count(*) AS n, sum(bytes) AS bytes FROM (
       SELECT destination_ip AS address, source_bytes AS bytes FROM events WHERE destination_ip IS NOT NULL
       UNION ALL SELECT source_ip, NULL FROM events WHERE source_ip IS NOT NULL)
     GROUP BY address ORDER BY address`,
  );
  const byCountry = new Map<string, Peer[]>();
  for (const peer of peers) {
    if (!scene.networks.isExternal(peer.address)) continue;
    const country = scene.geography.country(peer.address);
    if (country && !scene.profile.operatingCountries.includes(country))
      getOrMake(byCountry, country, () => []).push(peer);
  }
  if (byCountry.size === 0) return [];
  const countries = [...byCountry].sort((a, b) => b[1].length - a[1].length || compareText(a[0], b[0]));
  const addresses = countries
    .flatMap(([, list]) => list)
    .sort((a, b) => b.n - a.n || compareText(a.address, b.address));
  const list = addresses.map(({ address }) => `'${address}'`).join(",");
  const rows = await scene.store.query<EventRow>(
    rowsWhere(`e.source_ip IN (${list}) OR e.destination_ip IN (${list})`, { limit: shownEvents }),
  );
  const total = addresses.reduce((sum, { n }) => sum + n, 0);
  const dated = rows.filter(({ ms }) => ms !== null);
  return [
    {
      id: findingId("red-flag", "countries"),
      kind: "red-flag",
      title: `Traffic with ${countOf(addresses.length, "address", "addresses")} in ${countOf(byCountry.size, "country", "countries")} outside the declared ones`,
      statement: `${scene.profile.name} declares ${scene.profile.operatingCountries.join(", ")}. ${countOf(total, "record")} name addresses in ${countries.map(([country, l]) => `${country} (${l.length})`).join(", ")}, by ${scene.geography.origin}. First records: ${rows.slice(0, 3).map(refOf).join(", ")}.`,
      severity: "low",
      confidence: 30,
      start: isoOf(dated[0]?.ms),
      end: null,
      entities: addresses
        .slice(0, shownAddresses)
        .map(({ address }) => ({ type: "address", value: address, role: "destination" })),
      techniques: [],
      events: rows.map(scene.cite),
      eventsOmitted: Math.max(0, total - rows.length),
      alternatives: [
        "Content delivery, cloud services and mail reach every country; a country says where an address is registered, not who uses it.",
        "The location tables may be newer or older than the events.",
      ],
    },
  ];
}
