import { createHash } from "node:crypto";
import type { EvidenceReceipt, Finding } from "@firebreak/model/picture";
import type { RuleSet } from "@firebreak/sigma";
import type { Alert } from "../alerts/alert.ts";
import type { ClockSetting } from "../clock/setting.ts";
import type { Attack } from "../knowledge.ts";
import type { Geography } from "../organisation/geography.ts";
import type { InternalNetworks } from "../organisation/networks.ts";
import type { OrganisationProfile } from "../organisation/profile.ts";
import type { matchedTable } from "../store/derived.ts";
import type { EventStore } from "../store/store.ts";
import type { Cite } from "./rows.ts";

/** All that findings are made from. Everything here is frozen before the first finding is made. */
export interface Scene {
  store: EventStore;
  /** The table that holds the events of these rules: the small one of matched events, unless a rule floods. */
  tableOf(rules: readonly number[]): typeof matchedTable | "events";
  /** Number of matched events that another file tells too: the rows of the table `copies`. */
  copies: number;
  ruleSet: RuleSet;
  receipts: readonly EvidenceReceipt[];
  /** Clocks that a person set, by evidence id; `receipts` and `store` are dated by them. */
  clocks: ReadonlyMap<string, ClockSetting>;
  cite: Cite;
  profile: OrganisationProfile;
  networks: InternalNetworks;
  geography: Geography;
  attack: Attack;
  alert?: Alert;
}

/** Citations that a claim shows itself; the rest is counted in `eventsOmitted` and stands in the case's store. */
export const shownEvents = 100;

/** Id of a finding from what it is about: the same finding has the same id in every run. */
export function findingId(kind: string, ...parts: readonly string[]): string {
  return `F-${createHash("sha256")
    .update([kind, ...parts].join("\0"))
    .digest("hex")
    .slice(0, 10)}`;
}

export function techniquesOf(
  scene: Scene,
  ids: readonly string[],
  events: readonly string[],
): Finding["techniques"] {
  return ids.map((id) => ({ id, name: scene.attack.nameOf(id), events: events.slice(0, shownEvents) }));
}
