import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { type EventRow, eventOrder, eventRowColumns, isoOf, refOf, restOf } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";
import { notRefused } from "./traffic.ts";

const addressesMax = 50;
const readRows = 20_000;
/** A lease or a session that began longer ago says little. */
const ageMsMax = 7 * 86_400_000;

/** An address of ours that a finding names as the one that acted, from when on. */
interface Suspect {
  fromMs: number;
  finding: Finding;
}

/** Who held an address: the person of a VPN session, or the machine of a DHCP lease. */
export interface Holder {
  kind: "vpn" | "dhcp";
  name: string;
  row: EventRow;
}

/**
 * Who was behind an inside address when it acted: the VPN session or the DHCP lease that had handed it out, by the last such
 * record before. The address alone names nobody.
 */
export async function leaseHolders(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const suspects = [...suspectsOf(scene, findings)]
    .sort((a, b) => compareText(a[0], b[0]))
    .slice(0, addressesMax);
  if (suspects.length === 0) return [];
  const held = await holdersOf(
    scene,
    suspects.map(([address]) => address),
  );
  return suspects.flatMap(([address, suspect]) => {
    const untilMs = Math.max(suspect.fromMs, Date.parse(suspect.finding.end ?? suspect.finding.start!));
    const holders = (held.get(address) ?? []).filter(
      ({ row }) =>
        row.ms! <= untilMs + (isZoneAssumed(scene, row) ? zoneMsMax : 0) &&
        row.ms! >= suspect.fromMs - ageMsMax,
    );
    const last = holders.filter(({ row }) => row.ms! <= suspect.fromMs).at(-1) ?? holders[0];
    return last === undefined ? [] : [toFinding(scene, address, suspect, last, holders)];
  });
}

/** What a zone that nobody stated may be off by. */
const zoneMsMax = 14 * 3_600_000;

function isZoneAssumed(scene: Pick<Scene, "receipts">, { evidence }: EventRow): boolean {
  return scene.receipts.some(({ id, zone }) => id === evidence && zone?.includes("assumed") === true);
}

/** Id of the finding that says who held an address. */
export function leaseId(address: string, name: string): string {
  return findingId("red-flag", "lease", address, name);
}

/** Every VPN session and lease that gave out one of the addresses, in order of time. */
export async function holdersOf(
  scene: Pick<Scene, "store">,
  addresses: readonly string[],
): Promise<Map<string, Holder[]>> {
  const list = addresses.map((address) => `'${address}'`).join(",");
  const dated = `ms IS NOT NULL AND ${notRefused}`;
  const rows = await scene.store.query<EventRow & { held: string }>(
    `SELECT ${eventRowColumns}, held FROM (
       SELECT rowid AS place, nat_ip AS held FROM events
         WHERE nat_ip IN (${list}) AND user_name IS NOT NULL AND contains(category, 'authentication') AND ${dated}
       UNION ALL SELECT rowid, source_ip FROM events
         WHERE source_ip IN (${list}) AND protocol = 'dhcp' AND ${dated}) p
     JOIN events e ON e.rowid = p.place ORDER BY ${eventOrder} LIMIT ${readRows}`,
  );
  const held = new Map<string, Holder[]>();
  for (const row of rows) {
    const holder = holderOf(row);
    if (holder !== undefined) getOrMake(held, row.held, () => []).push(holder);
  }
  return held;
}

function suspectsOf(scene: Scene, findings: readonly Finding[]): Map<string, Suspect> {
  const suspects = new Map<string, Suspect>();
  for (const finding of findings) {
    if (severityRank(finding.severity) < severityRank("medium") || finding.confidence < 55 || !finding.start)
      continue;
    const fromMs = Date.parse(finding.start);
    for (const { type, value, role } of finding.entities) {
      if (type !== "address" || role !== "source" || !scene.networks.isInternal(value)) continue;
      const known = suspects.get(value);
      const isWorse =
        known === undefined || severityRank(finding.severity) > severityRank(known.finding.severity);
      suspects.set(value, {
        fromMs: Math.min(fromMs, known?.fromMs ?? fromMs),
        finding: isWorse ? finding : known.finding,
      });
    }
  }
  return suspects;
}

function holderOf(row: EventRow): Holder | undefined {
  const rest = restOf(row);
  if (rest["network.protocol"] === "dhcp") {
    const name =
      rest["host.hostname"] ?? rest["client.domain"] ?? rest["source.domain"] ?? rest["source.mac"];
    return typeof name === "string" ? { kind: "dhcp", name, row } : undefined;
  }
  return row.user_name === null ? undefined : { kind: "vpn", name: row.user_name, row };
}

function toFinding(
  scene: Scene,
  address: string,
  { finding, fromMs }: Suspect,
  { kind, name, row }: Holder,
  holders: readonly Holder[],
): Finding {
  const others = [...new Set(holders.map((holder) => holder.name))].filter((one) => one !== name);
  const isLater = row.ms! > fromMs;
  const doubt =
    others.length === 0
      ? ""
      : ` Others held it ${isZoneAssumed(scene, row) ? "within a week before, or within what the zone of that log, which nobody stated, may be off by" : "within a week before"}: ${others.slice(0, 5).join(", ")}; which of them acted is to be checked.`;
  const from = kind === "vpn" && row.source_ip !== null ? ` from ${row.source_ip}` : "";
  const cited = holders.filter((holder) => holder.name === name).map((holder) => holder.row);
  const entities: Finding["entities"] = [
    kind === "vpn"
      ? { type: "account", value: name, role: "account" }
      : { type: "host", value: name, role: "host" },
    ...(kind === "vpn" && row.source_ip !== null && row.source_ip !== address
      ? [{ type: "address", value: row.source_ip, role: "source" } as const]
      : []),
    { type: "address", value: address, role: "source" },
  ];
  return {
    id: leaseId(address, name),
    kind: "red-flag",
    title:
      kind === "vpn"
        ? `${address} was the VPN session of ${name}${from}`
        : `${address} was leased to ${name}`,
    statement: `${address} is named by: ${finding.title}. ${kind === "vpn" ? `A VPN session of ${name}${from}` : `A DHCP lease of ${name}`} had that address, ${isLater ? "first recorded after that, " : ""}by the record of ${isoOf(row.ms)} (${refOf(row)}; ${countOf(cited.length, "such record")}).${doubt}`,
    severity: finding.severity === "critical" ? "high" : finding.severity,
    confidence: isLater || others.length > 0 ? 45 : 65,
    start: isoOf(cited[0]!.ms),
    end: isoOf(cited.at(-1)!.ms),
    entities,
    techniques:
      kind === "vpn"
        ? [
            {
              id: "T1133",
              name: scene.attack.nameOf("T1133"),
              events: cited.slice(0, shownEvents).map(refOf),
            },
          ]
        : [],
    events: cited.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, cited.length - shownEvents),
    alternatives: [
      kind === "vpn"
        ? "The account's owner worked himself; only he and his machine can tell."
        : "The lease may have been renewed elsewhere, or the address set by hand.",
    ],
  };
}
