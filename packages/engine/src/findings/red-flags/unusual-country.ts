import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { RuleTally } from "../detections.ts";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, eventOrder, eventRowColumns, isoOf, refOf } from "../rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "../scene.ts";

const readRows = 200_000;
/** Sign-ins from the usual countries that make "unusual" mean something where no country is declared. */
const usualSignIns = 10;

/**
 * Sign-ins that succeeded from a country where the account does not otherwise sign in and the organisation does not say it
 * works; and what rules of low level or more found from the same address afterwards, by whatever account.
 */
export async function unusualCountries(scene: Scene, tallies: readonly RuleTally[]): Promise<Finding[]> {
  const rows = await scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM events e WHERE e.outcome = 'success' AND e.user_name IS NOT NULL AND e.source_ip IS NOT NULL
     AND e.ms IS NOT NULL AND contains(e.rest, '"authentication"') ORDER BY ${eventOrder} LIMIT ${readRows}`,
  );
  const byAccount = new Map<string, Map<string, EventRow[]>>();
  for (const row of rows) {
    if (!scene.networks.isExternal(row.source_ip!)) continue;
    const country = scene.geography.country(row.source_ip!);
    if (!country) continue;
    const countries = getOrMake(byAccount, row.user_name!.toLowerCase(), () => new Map<string, EventRow[]>());
    getOrMake(countries, country, () => []).push(row);
  }
  const findings: Finding[] = [];
  for (const [, countries] of [...byAccount].sort((a, b) => compareText(a[0], b[0]))) {
    for (const [country, signIns] of countries)
      if (isUnusual(scene, country, countries)) findings.push(toFinding(scene, country, signIns, tallies));
  }
  return findings;
}

function isUnusual(
  scene: Scene,
  country: string,
  countries: ReadonlyMap<string, readonly EventRow[]>,
): boolean {
  const declared = scene.profile.operatingCountries;
  if (declared.length > 0) return !declared.includes(country);
  const own = countries.get(country)!.length;
  const others = [...countries.values()].reduce((sum, list) => sum + list.length, 0) - own;
  return others >= usualSignIns && own * 10 <= others;
}

function toFinding(
  scene: Scene,
  country: string,
  signIns: readonly EventRow[],
  tallies: readonly RuleTally[],
): Finding {
  const account = signIns[0]!.user_name!;
  const addresses = [...new Set(signIns.map((row) => row.source_ip!))].sort();
  const after = tallies.flatMap(({ rule, rows }) => {
    if (severityRank(rule.level) < severityRank("low")) return [];
    const theirs = rows.filter(
      (row) =>
        row.source_ip !== null && addresses.includes(row.source_ip) && (row.ms ?? 0) >= signIns[0]!.ms!,
    );
    return theirs.length > 0 ? [{ rule, rows: theirs }] : [];
  });
  const serious = after.some(({ rule }) => severityRank(rule.level) >= severityRank("medium"));
  const cited = [
    ...new Map([...signIns, ...after.flatMap((one) => one.rows)].map((row) => [refOf(row), row])).values(),
  ];
  const refs = cited.map(refOf);
  const then =
    after.length > 0
      ? ` From the same ${addresses.length === 1 ? "address" : "addresses"} afterwards: ${after
          .map(({ rule, rows }) => `${rule.title} (${countOf(rows.length, "record")}, ${refOf(rows[0]!)})`)
          .join("; ")}.`
      : "";
  const isDeclared = scene.profile.operatingCountries.length > 0;
  const why = isDeclared
    ? `which is not among the declared countries (${scene.profile.operatingCountries.join(", ")})`
    : "where nearly none of its sign-ins come from";
  return {
    id: findingId("red-flag", "unusual-country", account.toLowerCase(), country),
    kind: "red-flag",
    title: `Sign-in of ${account} from ${country}, an unusual country`,
    statement: `${countOf(signIns.length, "sign-in")} of ${account} from ${addresses.slice(0, 10).join(", ")} succeeded, first at ${isoOf(signIns[0]!.ms)} (${refs.slice(0, 3).join(", ")}). The address is registered in ${country}, ${why}, by ${scene.geography.origin}.${then}`,
    // A success alone, with nothing after it, is a traveller as often as a thief: told, and no suspicion by itself.
    severity: serious ? "high" : isDeclared || after.length > 0 ? "medium" : "low",
    confidence: serious ? 75 : after.length > 0 ? 60 : 40,
    start: isoOf(signIns[0]!.ms),
    end: isoOf(cited.reduce((last, row) => Math.max(last, row.ms ?? 0), 0)),
    entities: summariseActors(cited),
    techniques: [
      ...techniquesOf(scene, ["T1078"], signIns.map(refOf)),
      ...[...new Set(after.flatMap(({ rule }) => rule.techniques))]
        .filter((id) => !id.startsWith("T1078"))
        .flatMap((id) =>
          techniquesOf(
            scene,
            [id],
            after.filter(({ rule }) => rule.techniques.includes(id)).flatMap((one) => one.rows.map(refOf)),
          ),
        ),
    ],
    events: cited.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, cited.length - shownEvents),
    alternatives: [
      "The account's owner travels, or uses a VPN or a telephone network that leaves the internet there.",
      "The location tables may be newer or older than the events.",
    ],
  };
}
