import { getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { type EventRow, isoOf, isSignIn, refOf, rowsWhere, sqlText } from "../rows.ts";
import type { Scene } from "../scene.ts";

/** Administration: who does this is somebody who may, or somebody who took his place. */
const administration = [
  "T1098",
  "T1136",
  "T1053",
  "T1543",
  "T1569",
  "T1531",
  "T1078",
  "T1021",
  "T1219",
  "T1059",
];
const sessionMs = 24 * 3_600_000;
/** Signed in from there on so many other days, it is the usual place. */
const usualDays = 2;
const readRows = 5000;

/**
 * An administrative act that a rule found, by one account that had signed in from where it signed in on other days and that
 * nothing else of medium severity names, other acts of that kind apart: told one severity lower (at most medium), with less
 * confidence. It may still be wrong, and the statement says what speaks for it; where the account's sign-ins are not in the
 * evidence nothing is changed.
 */
export async function weighUsualAdministrator(
  scene: Scene,
  findings: readonly Finding[],
): Promise<Finding[]> {
  const serious = findings.filter(({ severity }) => severityRank(severity) >= severityRank("medium"));
  const out: Finding[] = [];
  for (const finding of findings) {
    const account = isAdministrative(finding) ? soleActor(finding) : undefined;
    const hosts = hostsOf(finding);
    const isAlone =
      account !== undefined && !serious.some((other) => !isOrdinary(other) && names(other, account));
    const usual =
      isAlone && finding.start
        ? await usualPlace(scene, account, hosts, Date.parse(finding.start))
        : undefined;
    const isSuspect =
      usual !== undefined &&
      serious.some((other) => !isOrdinary(other) && names(other, usual.session.source_ip!.toLowerCase()));
    out.push(usual && !isSuspect ? lowered(finding, account!, usual) : finding);
  }
  return out;
}

/** What says nothing against the account: the alert itself, and other acts of administration. */
function isOrdinary(finding: Finding): boolean {
  return finding.kind === "alert" || isAdministrative(finding);
}

function isAdministrative({ kind, severity, techniques }: Finding): boolean {
  return (
    kind === "detection" &&
    severityRank(severity) >= severityRank("medium") &&
    techniques.length > 0 &&
    techniques.every(({ id }) => administration.some((own) => id === own || id.startsWith(`${own}.`)))
  );
}

/** The account that acts in every record, beside those that something was done to. */
function soleActor(finding: Finding): string | undefined {
  // Entities come with those named most often first, and who acts stands before whom it was done to.
  const accounts = finding.entities.filter(({ type, role }) => type === "account" && role === "account");
  return accounts.length === 0 || accounts.length > 2 ? undefined : accounts[0]!.value.toLowerCase();
}

function hostsOf({ entities }: Finding): string[] {
  return entities.flatMap(({ type, value, role }) =>
    type === "host" && role === "host" ? [value.toLowerCase()] : [],
  );
}

function names({ entities }: Finding, lower: string): boolean {
  return entities.some(({ value, role }) => role !== "mentioned" && value.toLowerCase() === lower);
}

interface UsualPlace {
  session: EventRow;
  days: number;
}

/** The session that the act belongs to, where it was opened from the account's usual place. */
async function usualPlace(
  scene: Scene,
  account: string,
  hosts: readonly string[],
  atMs: number,
): Promise<UsualPlace | undefined> {
  if (hosts.length !== 1) return undefined;
  const rows = await scene.store.query<EventRow>(
    rowsWhere(
      `${isSignIn} AND e.outcome = 'success' AND lower(e.user_name) = ${sqlText(account)}
     AND lower(e.host) = ${sqlText(hosts[0]!)} AND e.source_ip IS NOT NULL AND e.ms IS NOT NULL`,
      { limit: readRows },
    ),
  );
  const session = rows.filter(({ ms }) => ms! <= atMs && ms! >= atMs - sessionMs).at(-1);
  if (!session) return undefined;
  const days = new Map<string, Set<number>>();
  for (const { source_ip: source, ms } of rows)
    getOrMake(days, source!, () => new Set<number>()).add(Math.floor(ms! / 86_400_000));
  const own = days.get(session.source_ip!)!;
  own.delete(Math.floor(session.ms! / 86_400_000));
  return own.size >= usualDays ? { session, days: own.size } : undefined;
}

function lowered(finding: Finding, account: string, { session, days }: UsualPlace): Finding {
  return {
    ...finding,
    severity: severityRank(finding.severity) > severityRank("medium") ? "medium" : "low",
    confidence: Math.min(finding.confidence, 35),
    statement: `${finding.statement} ${session.user_name ?? account} had signed in from ${session.source_ip} at ${isoOf(session.ms)} (${refOf(session)}), as on ${days} other days, and nothing of medium severity but such acts names that account or address: likelier an administrator's own work, which the change records would confirm.`,
    alternatives: [
      `The agreed work of ${session.user_name ?? account}; a change record or a question to that person would tell.`,
      ...finding.alternatives,
    ],
  };
}
