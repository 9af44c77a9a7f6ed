import { countOf } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, eventOrder, eventRowColumns, isoOf, isSignIn, refOf, sqlText } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";

const readRows = 2000;
/** Signed in so often from an address, the account is at home there. */
const usualSignIns = 3;
/** From so many outside addresses, failures are the internet's background noise. */
const backgroundSources = 5;

/** Names that every guesser on the internet tries first. */
const guessedNames =
  /^(root|admin|administrat(or|eur|ore)|guest|test|user|support|oracle|postgres|ubuntu|sa|ftp|ftpuser|git|pi|backup)$/;

/**
 * Once an account is the object of a password attack, a failed sign-in to it from anywhere else is not an everyday
 * mistake any more. `attacks` are the findings that say so.
 */
export async function failuresElsewhere(scene: Scene, attacks: readonly Finding[]): Promise<Finding[]> {
  const accounts = new Map<string, { value: string; known: Set<string>; cited: Set<string> }>();
  for (const finding of attacks) {
    if (severityRank(finding.severity) < severityRank("medium")) continue;
    if (!finding.techniques.some(({ id }) => id.startsWith("T1110"))) continue;
    for (const { type, value } of finding.entities) {
      if (type !== "account") continue;
      const account = accounts.get(value.toLowerCase()) ?? {
        value,
        known: new Set<string>(),
        cited: new Set<string>(),
      };
      for (const other of finding.entities)
        if (other.type === "address" && other.role === "source") account.known.add(other.value);
      for (const event of finding.events) account.cited.add(event.ref);
      accounts.set(value.toLowerCase(), account);
    }
  }
  const findings: Finding[] = [];
  const sorted = [...accounts.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
  const failures = await failuresOf(
    scene,
    sorted.map(({ value }) => value),
  );
  const usual = await usualPlaces(
    scene,
    sorted.map(({ value }) => value),
  );
  for (const [i, account] of sorted.entries()) {
    const elsewhere = failures[i]!.filter(
      (row) =>
        !account.cited.has(refOf(row)) &&
        (row.source_ip === null || !(account.known.has(row.source_ip) || usual[i]!.has(row.source_ip))),
    );
    if (elsewhere.length > 0) findings.push(toFinding(scene, account.value, elsewhere));
  }
  return findings;
}

/** Addresses from which each account signs in as well: where it works, a failure is a mistake. */
async function usualPlaces(scene: Scene, accounts: readonly string[]): Promise<Set<string>[]> {
  const out = accounts.map(() => new Set<string>());
  if (accounts.length === 0) return out;
  const names = accounts.map((name, i) => `(${i}, lower(${sqlText(name)}))`);
  const rows = await scene.store.query<{ number: number; address: string }>(
    `SELECT a.number, e.source_ip AS address FROM events e JOIN (VALUES ${names.join(",")}) a(number, name) ON lower(e.user_name) = a.name
     WHERE e.outcome = 'success' AND ${isSignIn} AND e.source_ip IS NOT NULL GROUP BY ALL HAVING count(*) >= ${usualSignIns} ORDER BY ALL`,
  );
  for (const { number, address } of rows) out[number]!.add(address);
  return out;
}

/** Failed sign-ins to each account, read in one pass. */
async function failuresOf(scene: Scene, accounts: readonly string[]): Promise<EventRow[][]> {
  const out: EventRow[][] = accounts.map(() => []);
  if (accounts.length === 0) return out;
  const names = accounts.map((name, i) => `(${i}, lower(${sqlText(name)}))`);
  const rows = await scene.store.query<EventRow & { number: number }>(
    `SELECT a.number, ${eventRowColumns} FROM events e JOIN (VALUES ${names.join(",")}) a(number, name) ON lower(e.user_name) = a.name
     WHERE e.outcome = 'failure' AND ${isSignIn}
     QUALIFY row_number() OVER (PARTITION BY a.number ORDER BY ${eventOrder}) <= ${readRows} ORDER BY a.number, ${eventOrder}`,
  );
  for (const row of rows) out[row.number]!.push(row);
  return out;
}

function toFinding(scene: Scene, account: string, rows: readonly EventRow[]): Finding {
  const from = [
    ...new Set(rows.map((row) => row.source_ip ?? `the console of ${row.host ?? "an unnamed host"}`)),
  ].sort();
  const dated = rows.filter(({ ms }) => ms !== null);
  const refs = rows.slice(0, shownEvents).map(refOf);
  // Root and its like are guessed from everywhere all day: many outside sources say nothing about this incident.
  const isBackground =
    (from.length >= backgroundSources || guessedNames.test(account.toLowerCase())) &&
    rows.every((row) => row.source_ip !== null && scene.networks.isExternal(row.source_ip));
  return {
    id: findingId("red-flag", "account-elsewhere", account.toLowerCase()),
    kind: "red-flag",
    title: `The attacked account ${account} also fails to sign in from ${from.length <= 3 ? from.join(", ") : `${from.length} other places`}`,
    statement: `${countOf(rows.length, "failed sign-in")} to ${account} from ${from.slice(0, 20).join(", ")} (${refs.slice(0, 5).join(", ")}). The account is the object of a password attack from elsewhere, so these may be the same hand.`,
    severity: isBackground ? "low" : "medium",
    confidence: isBackground ? 20 : 45,
    start: isoOf(dated[0]?.ms),
    end: isoOf(dated.at(-1)?.ms),
    entities: summariseActors(rows),
    techniques: [{ id: "T1110", name: scene.attack.nameOf("T1110"), events: refs }],
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: isBackground
      ? ["The internet guesses passwords of well-known accounts all day; these sources need not be related."]
      : ["The account's owner mistyped the password, or a saved password was out of date."],
  };
}
