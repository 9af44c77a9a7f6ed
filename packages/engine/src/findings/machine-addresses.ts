import { compareText, getOrMake } from "@firebreak/model/collections";
import type { OrganisationProfile } from "../organisation/profile.ts";
import type { Scene } from "./scene.ts";

/** More addresses than this belong to a machine that speaks for others. */
const maxAddresses = 3;

/**
 * The scene with an asset for every undeclared host whose own records tell its address: connections that it opened itself,
 * or its own `host.ip`. An address that two hosts claim, or a host with many, is left out. Only for questions of scope;
 * the declared profile stays what it is.
 */
export async function withLearnedAddresses<S extends Pick<Scene, "store" | "profile">>(scene: S): Promise<S> {
  const rows = await scene.store.query<{ host: string; address: string }>(
    `SELECT DISTINCT host, address FROM (
       SELECT e.host, e.source_ip AS address FROM events e
       WHERE e.direction IN ('outbound', 'egress') AND e.host IS DISTINCT FROM e.observer
       UNION ALL SELECT host, unnest(string_split(host_ip, ' ')) FROM (SELECT DISTINCT host, host_ip FROM events WHERE host_ip IS NOT NULL))
     WHERE host IS NOT NULL AND address IS NOT NULL AND address NOT LIKE '127.%' AND address NOT LIKE '%:%' ORDER BY host, address`,
  );
  const byHost = new Map<string, Set<string>>();
  const owners = new Map<string, Set<string>>();
  for (const { host, address } of rows) {
    getOrMake(byHost, host, () => new Set<string>()).add(address);
    getOrMake(owners, address, () => new Set<string>()).add(shortName(host));
  }
  const declared = new Set(
    scene.profile.assets.flatMap(({ name, addresses }) => [name.toLowerCase(), ...addresses]),
  );
  const learned = [...byHost]
    .filter(([host, addresses]) => !declared.has(shortName(host)) && addresses.size <= maxAddresses)
    .map(([host, addresses]) => ({
      name: shortName(host),
      addresses: [...addresses].filter((one) => owners.get(one)!.size === 1 && !declared.has(one)),
      critical: false,
    }))
    .filter(({ addresses }) => addresses.length > 0)
    .sort((a, b) => compareText(a.name, b.name));
  if (learned.length === 0) return scene;
  return { ...scene, profile: { ...scene.profile, assets: [...scene.profile.assets, ...learned] } };
}

/** "fs01" of "FS01.example.org"; an address stays as it is. */
export function shortName(host: string): string {
  return /^[\d.]+$/.test(host) ? host : host.toLowerCase().split(".")[0]!;
}

/**
 * The names of a machine in lower case and its addresses, from any one of them.
 * @returns the value alone (in lower case) where no asset has it
 * @example machineNames(profile, "10.0.0.5") // Set { "10.0.0.5", "fs01" }
 */
export function machineNames(profile: OrganisationProfile, value: string): Set<string> {
  const lower = value.toLowerCase();
  const own = shortName(lower);
  const names = new Set([lower, own]);
  for (const { name, addresses } of profile.assets) {
    if (!addresses.includes(value) && shortName(name) !== own) continue;
    names.add(shortName(name));
    for (const address of addresses) names.add(address);
  }
  return names;
}

/** A machine whose declared work is to speak for others: what it meets, somebody behind it met. */
export function isRelay(profile: OrganisationProfile, address: string): boolean {
  return profile.assets.some(
    ({ addresses, role }) => addresses.includes(address) && role !== undefined && relayRole.test(role),
  );
}

const relayRole =
  /\b(?:web |http )?prox(?:y|ies)\b|\bnat\b|gateway|firewall|router|load.?balanc|reverse.proxy/i;
