import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, namesOf } from "@firebreak/intel/answer";
import type { Card } from "@firebreak/intel/card/card";
import { cardOf } from "@firebreak/intel/card/card-of";
import { interpret } from "@firebreak/intel/interpret";
import { type Observable, readTyped } from "@firebreak/intel/observable";
import { warningLists } from "@firebreak/intel/providers/warning-lists";
import { readLedger } from "@firebreak/ledger";
import { readAlerts } from "../alerts/read.ts";
import { CaseError } from "../case/case-error.ts";
import { inCase } from "../case/layout.ts";

import { openCaseStore } from "../clock/case-store.ts";
import { contentDir } from "../content.ts";
import { openGeography } from "../organisation/geography.ts";
import { type OrganisationProfile, readProfile, undeclaredProfile } from "../organisation/profile.ts";
import type { EventStore } from "../store/store.ts";
import { readAnswers, sha256Of } from "./records.ts";
import { sightingsOf } from "./sightings.ts";

/** A case's threat intelligence: kept answers, what the case calls its own, and cards from both. Offline. */
export interface CaseIntel {
  readonly answers: readonly Answer[];
  /** Hashes that the case itself holds: of the alert, and given by the caller. */
  readonly own: readonly Observable[];
  readonly profile: OrganisationProfile;
  /** One verdict card. Deterministic for the same case and date. */
  card(observable: Observable, asOf: string): Promise<Card>;
  close(): void;
}

/**
 * Opens a case for cards. The folder may hold kept answers only: then no logs are asked, and `sightings` is null.
 *
 * @example
 * const intel = await openCaseIntel("cases/2026-014");
 * const card = await intel.card({ type: "address", value: "198.51.100.7" }, "2026-11-28T00:00:00Z");
 * intel.close();
 */
export async function openCaseIntel(
  dir: string,
  options: { own?: readonly Observable[]; profile?: OrganisationProfile } = {},
): Promise<CaseIntel> {
  if (!existsSync(join(dir, "ledger.jsonl")))
    throw new CaseError(
      `${dir}: no case here (no ledger.jsonl). Give a folder that 'firebreak investigate' or 'firebreak intel import' wrote.`,
    );
  const answers = readAnswers(dir, readLedger(dir).entries);
  const own = [...(options.own ?? []), ...alertHashes(dir)];
  const profile = options.profile ?? caseProfile(dir);
  const geography = openGeography();
  let store: EventStore | undefined;
  if (existsSync(inCase(dir, "store"))) store = await openCaseStore(dir);
  return {
    answers,
    own,
    profile,
    async card(observable, asOf) {
      const sightings =
        store === undefined ? undefined : await sightingsOf(store, profile, namesOf(observable, answers));
      const all = [...answers, sharedInfrastructure(asOf)];
      return cardOf(observable, all, sightings, { asOf, own, facts: facts(observable) });
    },
    close: () => store?.close(),
  };

  /** Country and network from the offline tables, with the tables' date: an owner today, not at the event's time. */
  function facts({ type, value }: Observable): string[] {
    if (type !== "address") return [];
    const network = geography.autonomousSystem(value);
    const country = geography.country(value);
    if (network === undefined && country === undefined) return [];
    const parts = [
      ...(country ? [country] : []),
      ...(network ? [`AS${network.number} ${network.name}`] : []),
    ];
    return [`${parts.join(", ")} (${geography.origin}; the owner of that day, not of the event's).`];
  }
}

/** The organisation profile that the case keeps a copy of. */
export function caseProfile(dir: string): OrganisationProfile {
  const file = inCase(dir, "organisation");
  return existsSync(file) ? readProfile(readFileSync(file, "utf8"), file).profile : undeclaredProfile;
}

/** Hashes that the case's alert names: the file in question. */
function alertHashes(dir: string): Observable[] {
  const file = inCase(dir, "alert");
  if (!existsSync(file)) return [];
  const alerts = readAlerts(readFileSync(file, "utf8"), file, {});
  return alerts.flatMap(({ observables }) =>
    observables.flatMap(({ type, value }) => (type === "hash" ? (readTyped("hash", value) ?? []) : [])),
  );
}

let bundled: Uint8Array | undefined;

/** The list of shared and known-good things that ships with the tool. It annotates whatever the card's date is. */
function sharedInfrastructure(asOf: string): Answer {
  bundled ??= readFileSync(join(contentDir, "knowledge", "shared-infrastructure.json"));
  return interpret(
    warningLists,
    {
      provider: warningLists.id,
      part: "built-in lists",
      about: null,
      askedAt: null,
      keptAt: asOf,
      status: null,
      sha256: sha256Of(bundled),
      failure: null,
      retryAfter: null,
      isRefusal: false,
      name: "shared-infrastructure.json",
      pointer: null,
    },
    bundled,
  );
}
