import type { Alert } from "../alerts/alert.ts";
import { isMeaningfulAddress } from "../findings/actors.ts";
import { withLearnedAddresses } from "../findings/machine-addresses.ts";
import type { EventRow } from "../findings/rows.ts";
import type { TriageScene } from "./context.ts";

/** The organisation's side of the alert: its machines under all their names, its accounts. All in lower case. */
export interface Subject {
  readonly hosts: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  /** "Sofia (172.16.17.56)", for texts. */
  readonly name: string;
  isOwn(row: Pick<EventRow, "host" | "observer" | "source_ip" | "destination_ip" | "user_name">): boolean;
  /** Other names of a machine: its addresses for a name, its name for an address. */
  aliasesOf(value: string): string[];
}

/** Host names and addresses of the alert's own machines, joined by what the profile and the machines' records say. */
export async function readSubject(scene: TriageScene, alert: Alert): Promise<Subject> {
  const located = await withLearnedAddresses(scene);
  const assets = located.profile.assets;
  const aliases = new Map<string, Set<string>>();
  const join = (a: string, b: string) => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = aliases.get(one) ?? new Set<string>();
      aliases.set(one, known.add(other));
    }
  };
  for (const { name, addresses } of assets) for (const address of addresses) join(labelOf(name), address);
  for (const { host, address } of await pairs(scene)) {
    const known = aliases.get(labelOf(host));
    if (known === undefined || known.size < 3) join(labelOf(host), address);
  }
  const ofType = (type: string) =>
    alert.observables
      .filter((one) => one.type === type && one.role !== "mentioned")
      .map(({ value }) => value);
  const internal = ofType("address").filter((value) => scene.networks.isInternal(value));
  const named = ofType("host").map(labelOf);
  // One machine and one of our addresses in one alert are taken for each other, unless records give either another name.
  const isOnePair = named.length === 1 && internal.length === 1;
  if (isOnePair && !aliases.has(named[0]!) && !aliases.has(internal[0]!)) join(named[0]!, internal[0]!);
  const hosts = new Set([...named, ...internal.flatMap((address) => [...(aliases.get(address) ?? [])])]);
  const addresses = new Set([
    ...internal,
    ...named.flatMap((host) => [...(aliases.get(host) ?? [])].filter((one) => isMeaningfulAddress(one))),
  ]);
  const accounts = new Set(
    ofType("account").map((one) => one.slice(one.lastIndexOf("\\") + 1).toLowerCase()),
  );
  return {
    hosts,
    addresses,
    accounts,
    name: describe(ofType("host"), [...hosts], [...addresses], ofType("account")),
    isOwn: (row) =>
      (row.host !== null && row.host !== row.observer && hosts.has(labelOf(row.host))) ||
      (row.source_ip !== null && addresses.has(row.source_ip)) ||
      (row.destination_ip !== null && addresses.has(row.destination_ip)),
    aliasesOf: (value) => [...(aliases.get(labelOf(value)) ?? [])].sort(),
  };
}

/**
 * Rows in which a machine's own program opens a connection: endpoint exports name the machine and, as the source, its address.
 * A sign-in names the client as its source, which is another machine.
 */
async function pairs(scene: TriageScene): Promise<{ host: string; address: string }[]> {
  const rows = await scene.store.query<{ host: string; address: string; n: number }>(
    `SELECT e.host, e.source_ip AS address, count(DISTINCT e.source_ip) OVER (PARTITION BY e.host) AS n FROM events e
     WHERE e.host IS NOT NULL AND e.source_ip IS NOT NULL AND e.process_name IS NOT NULL AND e.host IS DISTINCT FROM e.observer
     AND e.destination_ip IS NOT NULL AND coalesce(e.direction, '') NOT IN ('inbound', 'ingress') AND NOT contains(e.rest, '"authentication"')
     GROUP BY e.host, e.source_ip QUALIFY n <= 3 ORDER BY e.host, e.source_ip`,
  );
  return rows.filter(({ address }) => scene.networks.isInternal(address));
}

export function labelOf(host: string): string {
  const lower = host.toLowerCase();
  return /^[\d.]+$/.test(lower) || lower.includes(":") ? lower : lower.split(".")[0]!;
}

function describe(names: string[], hosts: string[], addresses: string[], accounts: string[]): string {
  const machine = names[0] ?? hosts[0];
  if (machine !== undefined) return addresses[0] === undefined ? machine : `${machine} (${addresses[0]})`;
  return addresses[0] ?? accounts[0] ?? "the alert's machine";
}
