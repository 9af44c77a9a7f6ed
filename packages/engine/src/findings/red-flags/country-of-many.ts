import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, isoOf, refOf } from "../rows.ts";
import { findingId, type Scene, shownEvents, techniquesOf } from "../scene.ts";

/** A country from which so many accounts, and a third of all, sign in is one where the organisation works. */
const manyAccounts = 5;

/** The countries of these pairs that belong to many of all accounts. */
export function countriesOfMany(
  unusual: readonly { account: string; country: string }[],
  accounts: number,
): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { country } of unusual) counts.set(country, (counts.get(country) ?? 0) + 1);
  return new Set(
    [...counts].filter(([, n]) => n >= manyAccounts && n * 3 >= accounts).map(([country]) => country),
  );
}

interface ToldSignIns {
  account: string;
  country: string;
  rows: EventRow[];
}

/** One low finding for each country of many. */
export function countryOfManyFindings(scene: Scene, signIns: readonly ToldSignIns[]): Finding[] {
  const byCountry = new Map<string, ToldSignIns[]>();
  for (const one of signIns) getOrMake(byCountry, one.country, () => []).push(one);
  return [...byCountry]
    .sort(([a], [b]) => compareText(a, b))
    .map(([country, list]) => {
      const rows = list
        .flatMap((one) => one.rows)
        .sort((a, b) => a.ms! - b.ms! || compareText(refOf(a), refOf(b)));
      const refs = rows.map(refOf);
      const accounts = list.map(({ account }) => account).sort();
      return {
        id: findingId("red-flag", "country-of-many", country),
        kind: "red-flag",
        title: `Sign-ins of ${countOf(accounts.length, "account")} from ${country}, which is not declared`,
        statement: `${countOf(rows.length, "sign-in")} of ${accounts.slice(0, 20).join(", ")}${accounts.length > 20 ? ", …" : ""} from ${country} succeeded, first at ${isoOf(rows[0]!.ms)} (${refs.slice(0, 3).join(", ")}). So many of the accounts sign in from there that it is likelier a country where the organisation works and that its profile does not name.`,
        severity: "low",
        confidence: 25,
        start: isoOf(rows[0]!.ms),
        end: isoOf(rows.at(-1)!.ms),
        entities: summariseActors(rows),
        techniques: techniquesOf(scene, ["T1078"], refs),
        events: rows.slice(0, shownEvents).map(scene.cite),
        eventsOmitted: Math.max(0, rows.length - shownEvents),
        alternatives: ["The profile's list of countries is not complete; ask the organisation."],
      } satisfies Finding;
    });
}
