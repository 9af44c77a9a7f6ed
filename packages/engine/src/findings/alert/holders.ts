import { countOf } from "@firebreak/model/collections";
import type { ResearchQuestion } from "@firebreak/model/picture";
import type { Alert } from "../../alerts/alert.ts";
import { shortName } from "../machine-addresses.ts";
import { type Holder, holdersOf } from "../red-flags/leases.ts";
import { type EventRow, isoOf, refOf } from "../rows.ts";
import { findingId, type Scene } from "../scene.ts";

export interface HostDoubt {
  statement: string;
  question: ResearchQuestion;
}

/**
 * Whether the alert's host is the machine that had the alert's inside address when the records that match the alert were made. Products
 * ask for the name when they write the alert; by then a lease may have gone to another machine.
 * @param matching records that match what else the alert names (the domain, the file, the outside address)
 * @returns undefined where no lease says anything else than the alert
 */
export async function doubtedHost(
  scene: Scene,
  alert: Alert,
  matching: readonly EventRow[],
): Promise<HostDoubt | undefined> {
  const host = alert.observables.find(({ type }) => type === "host")?.value;
  const address = alert.observables.find(
    ({ type, value }) => type === "address" && scene.networks.isInternal(value),
  )?.value;
  if (host === undefined || address === undefined) return undefined;
  const leases = ((await holdersOf(scene, [address])).get(address) ?? []).filter(
    ({ kind }) => kind === "dhcp",
  );
  const own = matching.filter((row) => row.source_ip === address && row.ms !== null);
  const times = own.length > 0 ? own.map(({ ms }) => ms!) : alert.time ? [alert.time.ms] : [];
  if (leases.length === 0 || times.length === 0) return undefined;
  const holders = new Map<string, Holder>();
  for (const ms of times) {
    const holder = leases.filter(({ row }) => row.ms! <= ms).at(-1);
    // Before the first lease in the evidence nobody knows whose the address was.
    if (!holder || isSame(holder.name, host)) return undefined;
    holders.set(shortName(holder.name), holder);
  }
  return describe(scene, { host, address, own, holders: [...holders.values()], leases });
}

function isSame(a: string, b: string): boolean {
  return shortName(a) === shortName(b);
}

interface Doubt {
  host: string;
  address: string;
  own: readonly EventRow[];
  holders: readonly Holder[];
  leases: readonly Holder[];
}

function describe(scene: Scene, { host, address, own, holders, leases }: Doubt): HostDoubt {
  const names = holders.map(({ name, row }) => `${name} (${isoOf(row.ms)}, ${refOf(row)})`).join(", ");
  const later = leases.find(({ name }) => isSame(name, host));
  const when =
    own.length > 0
      ? `when the ${countOf(own.length, "record")} that match the alert were made (${isoOf(own[0]!.ms)} to ${isoOf(own.at(-1)!.ms)})`
      : "at the alert's time";
  const its = later
    ? ` ${host} had it by the lease of ${isoOf(later.row.ms)} (${refOf(later.row)}).`
    : ` No lease of it to ${host} is in the evidence.`;
  const cited = [...holders, ...(later ? [later] : [])].map(({ row }) => scene.cite(row));
  return {
    statement: `The alert names host ${host} for ${address}, but by the leases in the evidence ${address} belonged to ${names} ${when}.${its} The alert's host is likelier the wrong machine.`,
    question: {
      id: findingId("question", "alert-host", address, host),
      question: `Which machine was ${address} when the alert's activity happened: ${host} or ${holders.map(({ name }) => name).join(", ")}?`,
      why: `The alert says ${host}; the DHCP leases say ${names}.`,
      query: `DHCP leases and switch tables of ${address} around ${isoOf(own[0]?.ms) ?? scene.alert?.time?.iso ?? "the alert"}, and the event logs of both machines`,
      wouldChange: "It decides which machine is contained; the other one need not be.",
      events: cited,
    },
  };
}
