import { compareText, countOf } from "@firebreak/model/collections";
import { formatDuration } from "@firebreak/model/duration";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { isPersonalAccount } from "../actors.ts";
import { summariseActors } from "../entities-of.ts";
import { machineNames, shortName } from "../machine-addresses.ts";
import { type EventRow, eventOrder, isoOf, isSignIn, refOf, restOf, rowsWhere, sqlText } from "../rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "../scene.ts";

/** A session that began longer before is not the way in. */
const sightMs = 24 * 3_600_000;
/** Clocks of one machine's logs differ by seconds. */
const slackMs = 5000;
const hopsMax = 5;
const pairsMax = 30;
const readRows = 2000;
/** Seen from there on so many earlier days, a sign-in is a habit. */
const habitDays = 2;

/** What was done under an account on a machine, and since when. */
interface Deed {
  host: string;
  account: string;
  fromMs: number;
  finding: Finding;
}

/** One sign-in on the way, and whether the account used to come from there. */
interface Hop {
  row: EventRow;
  isHabit: boolean;
}

/**
 * How an account came to the machine where a serious finding has it act: the last remote sign-in before, and the one that
 * led to the machine it came from, until nothing earlier is known. What an account always does is told and accuses nobody.
 */
export async function waysIn(scene: Scene, findings: readonly Finding[]): Promise<Finding[]> {
  const out: Finding[] = [];
  const told = new Set<string>();
  for (const deed of deedsOf(findings).slice(0, pairsMax)) {
    const hops = await hopsTo(scene, deed);
    const key = hops.map(({ row }) => refOf(row)).join();
    if (hops.length === 0 || told.has(key) || isToldBy(findings, hops) || isItsOwnSource(deed, hops))
      continue;
    told.add(key);
    out.push(toFinding(scene, deed, hops));
  }
  return out;
}

/** Accounts that act on a machine in findings of high severity: the earliest finding of each pair. */
function deedsOf(findings: readonly Finding[]): Deed[] {
  const deeds = new Map<string, Deed>();
  for (const finding of findings) {
    const { severity, confidence, start, kind, entities } = finding;
    if (severityRank(severity) < severityRank("high") || confidence < 65 || !start || kind === "alert")
      continue;
    const hosts = entities.filter(({ type, role }) => type === "host" && role === "host");
    const accounts = entities.filter(
      ({ type, value, role }) => type === "account" && role === "account" && isPersonalAccount(value),
    );
    // Of a finding over many machines or people it is not known who was where.
    if (hosts.length > 3 || accounts.length > 3) continue;
    const fromMs = Date.parse(start);
    for (const { value: host } of hosts)
      for (const { value: account } of accounts) {
        const key = `${shortName(host)}\0${account.toLowerCase()}`;
        const known = deeds.get(key);
        if (!known || fromMs < known.fromMs) deeds.set(key, { host, account, fromMs, finding });
      }
  }
  return [...deeds.values()].sort(
    (a, b) => a.fromMs - b.fromMs || compareText(a.host, b.host) || compareText(a.account, b.account),
  );
}

/** From the machine back to where the account came from first. */
async function hopsTo(scene: Scene, deed: Deed): Promise<Hop[]> {
  const hops: Hop[] = [];
  const visited = new Set<string>();
  let names = machineNames(scene.profile, deed.host);
  let untilMs = deed.fromMs + slackMs;
  while (hops.length < hopsMax) {
    const hop = await lastHop(scene, names, deed.account, untilMs);
    if (!hop) break;
    const from = hop.row.source_ip!;
    if (visited.has(from)) break;
    visited.add(from);
    hops.push(hop);
    if (!scene.networks.isInternal(from)) break;
    names = machineNames(scene.profile, from);
    untilMs = hop.row.ms! + slackMs;
  }
  return hops.reverse();
}

/** The last sign-in of the account to the machine from another one, within a day before. */
async function lastHop(
  scene: Scene,
  names: ReadonlySet<string>,
  account: string,
  untilMs: number,
): Promise<Hop | undefined> {
  const list = [...names].map(sqlText).join(",");
  const bare = account.slice(account.lastIndexOf("\\") + 1);
  const rows = await scene.store.query<EventRow>(
    rowsWhere(
      `${isSignIn} AND e.outcome = 'success' AND lower(e.user_name) IN (lower($account), lower($bare))
     AND (lower(split_part(e.host, '.', 1)) IN (${list}) OR lower(e.host) IN (${list})) AND e.host IS DISTINCT FROM e.observer
     AND e.source_ip IS NOT NULL AND e.source_ip NOT IN (${list}) AND e.source_ip NOT LIKE '127.%' AND e.source_ip <> '::1'
     AND e.ms <= ${Math.trunc(untilMs)}`,
      { limit: readRows, order: eventOrder.replace("e.ms NULLS LAST", "e.ms DESC") },
    ),
    { account, bare },
  );
  const [last] = rows;
  if (!last || last.ms! < untilMs - sightMs) return undefined;
  const days = new Set(
    rows
      .filter((row) => row.source_ip === last.source_ip && row.ms! < last.ms! - 12 * 3_600_000)
      .map((row) => Math.floor(row.ms! / 86_400_000)),
  );
  return { row: last, isHabit: days.size >= habitDays };
}

/** The finding itself says from where: an earlier sign-in of one hop from there tells nothing more. */
function isItsOwnSource({ finding }: Deed, hops: readonly Hop[]): boolean {
  return (
    hops.length === 1 &&
    finding.entities.some(
      ({ type, value, role }) => type === "address" && role === "source" && value === hops[0]!.row.source_ip,
    )
  );
}

/** A finding about these very sign-ins says it already. */
function isToldBy(findings: readonly Finding[], hops: readonly Hop[]): boolean {
  const refs = new Set(hops.map(({ row }) => refOf(row)));
  return findings.some(
    ({ severity, kind, events }) =>
      kind !== "alert" &&
      severityRank(severity) >= severityRank("medium") &&
      [...refs].every((ref) => events.some((event) => event.ref === ref)),
  );
}

function toFinding(scene: Scene, { host, account, finding, fromMs }: Deed, hops: readonly Hop[]): Finding {
  const rows = hops.map(({ row }) => row);
  const refs = rows.map(refOf);
  const fresh = hops.filter(({ isHabit }) => !isHabit);
  const first = rows[0]!;
  const steps = hops.map(
    ({ row, isHabit }) =>
      `from ${row.source_ip} to ${row.host} at ${isoOf(row.ms)} (${refOf(row)}${isHabit ? "; it had come from there on other days" : "; not seen from there on other days"})`,
  );
  const gap = formatDuration(fromMs - rows.at(-1)!.ms!);
  return {
    id: findingId("red-flag", "way-in", shortName(host), account.toLowerCase()),
    kind: "red-flag",
    title: `${account} came to ${host} from ${first.source_ip} before: ${finding.title}`,
    statement: `${countOf(hops.length, "remote sign-in")} of ${account} led to ${host}: ${steps.join(", then ")}. The first record of "${finding.title}" there is ${gap} later. The order in time is what ties them: another session of the account, or someone at the machine itself, is possible.`,
    severity: fresh.length > 0 ? "medium" : "low",
    confidence: fresh.length > 0 ? 60 : 35,
    start: isoOf(first.ms),
    end: isoOf(rows.at(-1)!.ms),
    entities: summariseActors(rows),
    techniques: [
      ...techniquesOf(scene, ["T1078"], refs),
      ...[...new Set(rows.map(remoteServiceOf))].flatMap((id) =>
        id === undefined
          ? []
          : techniquesOf(scene, [id], rows.filter((row) => remoteServiceOf(row) === id).map(refOf)),
      ),
    ],
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: [
      "The account's owner was at work and somebody else used the machine at the same time.",
      "A sign-in that no log in the evidence recorded came between.",
    ],
  };
}

/** The remote service that a sign-in used, where the record says it. */
function remoteServiceOf(row: EventRow): string | undefined {
  if (row.dataset === "linux/sshd") return "T1021.004";
  if (String(restOf(row)["winlog.event_data.LogonType"] ?? restOf(row)["winlog.logon.type"]) === "10")
    return "T1021.001";
  return undefined;
}
