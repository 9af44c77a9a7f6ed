import { InputError, readInput } from "@firebreak/engine/case/inputs";
import { caseProfile } from "@firebreak/engine/intel/case-intel";
import { type OrganisationProfile, readProfile } from "@firebreak/engine/organisation/profile";
import type { Card } from "@firebreak/intel/card/card";
import { cardText } from "@firebreak/intel/card/text";
import { type Observable, readObservable } from "@firebreak/intel/observable";
import { distinctObservables } from "@firebreak/intel/outbound/lookup";
import type { Provider } from "@firebreak/intel/provider";
import { providers } from "@firebreak/intel/providers/all";
import { exitCodes } from "../exit.ts";
import { fitted } from "../terminal/fitted.ts";
import { inert, print, say } from "../terminal/output.ts";

export function observablesFrom(texts: readonly string[], option: string): Observable[] {
  return distinctObservables(
    texts.map((text) => {
      const found = readObservable(text);
      if (found === undefined)
        throw new InputError(
          `${option} ${JSON.stringify(text.slice(0, 200))}: no address, domain, URL, MD5, SHA-1, SHA-256 or CVE`,
        );
      return found;
    }),
  );
}

/** Providers by name; "all" is every one that can be asked. Names may be joined by commas. */
export function providersFrom(names: readonly string[], canAsk: (provider: Provider) => boolean): Provider[] {
  const known = providers.filter(canAsk);
  const wanted = names
    .flatMap((text) => text.split(","))
    .map((text) => text.trim().toLowerCase())
    .filter((text) => text !== "");
  if (wanted.includes("all")) return known;
  return wanted.map((name) => {
    const found = known.find(({ id }) => id === name);
    if (found === undefined)
      throw new InputError(
        `--provider ${JSON.stringify(name)}: not known. Give ${known.map(({ id }) => id).join(", ")}${known.length < providers.length ? ", or all" : ""}.`,
      );
    return found;
  });
}

export function instantFrom(option: string, text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new InputError(
      `${option} ${JSON.stringify(text)}: not a time. Give ISO 8601 such as 2026-03-01 or 2026-03-01T08:30:00Z.`,
    );
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** The card's date: now, a time, or the end of a day. */
export function asOfFrom(text: string | undefined): string {
  if (text === undefined) return instantFrom("now", new Date().toISOString());
  return instantFrom("--as-of", /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59Z` : text);
}

/** What is internal: a profile given now, else the one that the case was investigated with. */
export function profileFor(dir: string, org: string | undefined): OrganisationProfile {
  if (org === undefined) return caseProfile(dir);
  const { profile, warnings } = readProfile(readInput("--org", org), org);
  for (const warning of warnings) say(warning);
  return profile;
}

/** Cards on stdout; the exit code says whether one of them speaks of malice. */
export function printCards(cards: readonly Card[], json: boolean, single: boolean): void {
  if (json) print(`${JSON.stringify(single ? cards[0] : cards, undefined, 2)}\n`);
  else print(fitted(cards.map((card) => inert(cardText(card))).join("\n")));
  const isBad = cards.some(({ verdict }) => verdict === "malicious" || verdict === "suspicious");
  process.exitCode = isBad ? exitCodes.findings : exitCodes.nothingFound;
}
