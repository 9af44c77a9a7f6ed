import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { countryCode } from "../../organisation/country-names.ts";
import type { RuleTally } from "../detections.ts";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, eventOrder, eventRowColumns, isoOf, isSignIn, refOf, sqlText } from "../rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "../scene.ts";
import { countriesOfMany, countryOfManyFindings } from "./country-of-many.ts";
import { type RuleRows, resetsBefore, ruleRowsText } from "./resets.ts";

const readRows = 200_000;
/** Sign-ins from the usual countries that make "unusual" mean something where no country is declared. */
const usualSignIns = 10;

/**
 * Sign-ins that succeeded from a country where the account does not otherwise sign in and the organisation does not say it
 * works; and what rules of low level or more found from the same address afterwards, by whatever account.
 */
export async function unusualCountries(scene: Scene, tallies: readonly RuleTally[]): Promise<Finding[]> {
  const tallied = await scene.store.query<SignInTally>(
    `SELECT lower(e.user_name) AS account, e.source_ip AS address, ${recordedPlace} AS recorded, count(*) AS n FROM events e WHERE ${success} GROUP BY ALL ORDER BY ALL`,
  );
  const byAccount = new Map<string, Map<string, SignInTally[]>>();
  for (const tally of tallied) {
    if (!scene.networks.isExternal(tally.address)) continue;
    // Where the tables know nothing of an address, what the product looked up at the time counts.
    const country = scene.geography.country(tally.address) ?? countryCode(tally.recorded);
    if (!country) continue;
    const countries = getOrMake(byAccount, tally.account, () => new Map<string, SignInTally[]>());
    getOrMake(countries, country, () => []).push(tally);
  }
  const unusual = [...byAccount].flatMap(([account, countries]) =>
    [...countries.keys()]
      .filter((country) => isUnusual(scene, country, countries))
      .map((country) => ({ account, country, addresses: countries.get(country)! })),
  );
  const signIns = await signInsOf(
    scene,
    unusual.map(({ addresses }) => addresses),
  );
  const told = unusual
    .map(({ account, country }, i) => ({ account, country, rows: signIns[i]! }))
    .filter(({ rows }) => rows.length > 0);
  const usual = countriesOfMany(unusual, byAccount.size);
  // Within an account in the order in which the countries first appear.
  const own = told
    .filter(({ country }) => !usual.has(country))
    .sort(
      (a, b) =>
        compareText(a.account, b.account) ||
        a.rows[0]!.ms! - b.rows[0]!.ms! ||
        compareText(a.country, b.country),
    )
    .map(({ country, rows }) => toFinding(scene, country, rows, tallies));
  // What followed a sign-in is told whatever the country; the others of a country of many are one statement.
  const ofMany = told.filter(({ country }) => usual.has(country));
  const followed = ofMany
    .map(({ country, rows }) => toFinding(scene, country, rows, tallies))
    .filter(({ severity }) => severityRank(severity) > severityRank("medium"));
  return [...own, ...followed, ...countryOfManyFindings(scene, ofMany)];
}

const success = `e.outcome = 'success' AND e.user_name IS NOT NULL AND e.source_ip IS NOT NULL AND e.ms IS NOT NULL AND ${isSignIn}`;

/** The country that a record itself states for its source. */
const recordedPlace =
  "coalesce(json_extract_string(e.rest, '$.\"source.geo.country_iso_code\"'), json_extract_string(e.rest, '$.\"source.geo.country_name\"'))";

interface SignInTally {
  /** Lower case. */
  account: string;
  address: string;
  recorded: string | null;
  n: number;
}

/** The sign-ins of each group of accounts and addresses, in order of time. */
async function signInsOf(scene: Scene, groups: readonly (readonly SignInTally[])[]): Promise<EventRow[][]> {
  const out: EventRow[][] = groups.map(() => []);
  if (groups.length === 0) return out;
  const pairs = groups.flatMap((group, i) =>
    group.map(({ account, address }) => `(${i}, ${sqlText(account)}, ${sqlText(address)})`),
  );
  const rows = await scene.store.query<EventRow & { number: number }>(
    `SELECT p.number, ${eventRowColumns} FROM events e JOIN (VALUES ${pairs.join(",")}) p(number, account, address)
     ON lower(e.user_name) = p.account AND e.source_ip = p.address WHERE ${success} ORDER BY ${eventOrder} LIMIT ${readRows}`,
  );
  for (const row of rows) out[row.number]!.push(row);
  return out;
}

function isUnusual(
  scene: Scene,
  country: string,
  countries: ReadonlyMap<string, readonly SignInTally[]>,
): boolean {
  const declared = scene.profile.operatingCountries;
  if (declared.length > 0) return !declared.includes(country);
  const count = (list: readonly SignInTally[]) => list.reduce((sum, { n }) => sum + n, 0);
  const own = count(countries.get(country)!);
  const others = [...countries.values()].reduce((sum, list) => sum + count(list), 0) - own;
  return others >= usualSignIns && own * 10 <= others;
}

/** Whose word it is that an address is in a country: the tables', or the records' own. */
function placeText(scene: Scene, country: string, addresses: readonly string[]): string {
  return addresses.some((address) => scene.geography.country(address) === country)
    ? `By ${scene.geography.origin} the address is registered in ${country}`
    : `The records place the address in ${country}`;
}

function toFinding(
  scene: Scene,
  country: string,
  signIns: readonly EventRow[],
  tallies: readonly RuleTally[],
): Finding {
  const account = signIns[0]!.user_name!;
  const addresses = [...new Set(signIns.map((row) => row.source_ip!))].sort();
  const after = foundAfter(tallies, addresses, signIns[0]!.ms!);
  const before = resetsBefore(tallies, account, signIns[0]!.ms!);
  const serious =
    before.length > 0 || after.some(({ rule }) => severityRank(rule.level) >= severityRank("medium"));
  const cited = [
    ...new Map(
      [...before.flatMap((one) => one.rows), ...signIns, ...after.flatMap((one) => one.rows)].map((row) => [
        refOf(row),
        row,
      ]),
    ).values(),
  ];
  const refs = signIns.map(refOf);
  const first =
    before.length > 0
      ? ` Within a day before, its sign-in was reset: ${before.map(ruleRowsText).join("; ")}.`
      : "";
  const then =
    after.length > 0
      ? ` From the same ${addresses.length === 1 ? "address" : "addresses"} afterwards: ${after.map(ruleRowsText).join("; ")}.`
      : "";
  const isDeclared = scene.profile.operatingCountries.length > 0;
  const why = isDeclared
    ? `which is not among the declared countries (${scene.profile.operatingCountries.join(", ")})`
    : "where nearly none of its sign-ins come from";
  return {
    id: findingId("red-flag", "unusual-country", account.toLowerCase(), country),
    kind: "red-flag",
    title: `Sign-in of ${account} from ${country}, an unusual country`,
    statement: `${countOf(signIns.length, "sign-in")} of ${account} from ${addresses.slice(0, 10).join(", ")} succeeded, first at ${isoOf(signIns[0]!.ms)} (${refs.slice(0, 3).join(", ")}). ${placeText(scene, country, addresses)}, ${why}.${first}${then}`,
    // A success alone, with nothing after it, is a traveller as often as a thief: told, and no suspicion by itself.
    severity: serious ? "high" : isDeclared || after.length > 0 ? "medium" : "low",
    confidence: serious ? 75 : after.length > 0 ? 60 : 40,
    start: isoOf(cited[0]!.ms),
    end: isoOf(cited.reduce((last, row) => Math.max(last, row.ms ?? 0), 0)),
    entities: withMentioned(
      summariseActors([...signIns, ...after.flatMap((one) => one.rows)]),
      summariseActors(before.flatMap((one) => one.rows)),
    ),
    techniques: [
      ...techniquesOf(scene, ["T1078"], signIns.map(refOf)),
      ...otherTechniques(scene, [...before, ...after]),
    ],
    events: cited.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, cited.length - shownEvents),
    alternatives: [
      "The account's owner travels, or uses a VPN or a telephone network that leaves the internet there.",
      "The location tables may be newer or older than the events.",
    ],
  };
}

/** What rules of at least low level found from these addresses at that time or later. */
function foundAfter(tallies: readonly RuleTally[], addresses: readonly string[], fromMs: number): RuleRows[] {
  return tallies.flatMap(({ rule, rows }) => {
    if (severityRank(rule.level) < severityRank("low")) return [];
    const theirs = rows.filter(
      (row) => row.source_ip !== null && addresses.includes(row.source_ip) && (row.ms ?? 0) >= fromMs,
    );
    return theirs.length > 0 ? [{ rule, rows: theirs }] : [];
  });
}

/** Techniques of the rules beside the valid account itself, each with its records. */
function otherTechniques(scene: Scene, found: readonly RuleRows[]): Finding["techniques"] {
  const ids = [...new Set(found.flatMap(({ rule }) => rule.techniques))].filter(
    (id) => !id.startsWith("T1078"),
  );
  return ids.flatMap((id) => {
    const theirs = found.filter(({ rule }) => rule.techniques.includes(id));
    return techniquesOf(
      scene,
      [id],
      theirs.flatMap(({ rows }) => rows.map(refOf)),
    );
  });
}

/** Who reset the account was likelier deceived than a party: named, and not accused. */
function withMentioned(parties: Finding["entities"], others: Finding["entities"]): Finding["entities"] {
  const named = new Set(parties.map(({ type, value }) => `${type}\0${value.toLowerCase()}`));
  const more = others.filter(({ type, value }) => !named.has(`${type}\0${value.toLowerCase()}`));
  return [...parties, ...more.map((entity) => ({ ...entity, role: "mentioned" }))];
}
