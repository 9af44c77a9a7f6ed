import { compareText, getOrMake } from "@firebreak/model/collections";
import type { Ground } from "@firebreak/model/triage";
import type { AlertObservable } from "../../alerts/alert.ts";
import { isCommon, standingHours } from "../../findings/alert/peers.ts";
import { recordsOf } from "../../findings/alert/records.ts";
import type { EventRow } from "../../findings/rows.ts";
import type { TriageContext } from "../context.ts";
import { fromAlert, observed } from "../grounds.ts";
import { type BoundedRead, cutOf } from "./reads.ts";
import { allRows, inSpan, listed } from "./spans.ts";
import { contactOf, insiderOf, isMail } from "./traffic.ts";

/** An address, name or URL outside that may be where the activity leads, with why it is thought so. */
export interface FarEnd extends BoundedRead {
  readonly type: "address" | "domain" | "url";
  readonly value: string;
  /** 0-100: how strongly its role is supported before its own records are looked at. */
  readonly strength: number;
  readonly why: readonly Ground[];
  /** Exact, also where the rows were cut. */
  readonly count: number;
  readonly lastMs: number | null;
  /** Many of the organisation's machines meet it: a service in common use. */
  readonly isCommon: boolean;
}

/** Contacts within this of the alert, clocks brought together, are at the alert. */
const hourMs = 3_600_000;
const nearBeforeMs = 2 * 60_000;
const nearAfterMs = 15 * 60_000;
const maxFarEnds = 12;
/** Candidates whose records are read. */
const maxCandidates = 60;
/** Below this no question asks whether a far end was reached. */
const leadStrength = 40;

export interface FarEnds {
  readonly ends: readonly FarEnd[];
  /** In a sentence each: candidates that were left out. */
  readonly limits: readonly string[];
  /** Those of them that an answer of absence cannot do without. */
  readonly cuts: readonly string[];
}

/** Programs that fetch what a document or script tells them to; their contacts with a rare address stand out. */
const carriers =
  /(^|[\\/])(excel|winword|powerpnt|outlook|onenote|mspub|eqnedt32|wscript|cscript|mshta|powershell|pwsh|regsvr32|rundll32|certutil|bitsadmin|msiexec|installutil|wmic)(\.exe)?$/i;

/** Where the alert's activity may lead: named by the alert, by intelligence about its file, or met at its time. */
export async function findFarEnds(context: TriageContext): Promise<FarEnds> {
  const found = new Map<string, { type: FarEnd["type"]; value: string; strength: number; why: Ground[] }>();
  const add = (type: FarEnd["type"], value: string, strength: number, why: Ground[]) => {
    const known = getOrMake(found, `${type} ${value.toLowerCase()}`, () => ({
      type,
      value,
      strength: 0,
      why: [] as Ground[],
    }));
    known.strength = Math.min(95, Math.max(known.strength, strength) + (known.why.length > 0 ? 10 : 0));
    known.why.push(...why);
  };
  addNamed(context, add);
  addRelated(context, add);
  addMailed(context, add);
  for (const address of context.subject.addresses) await addMet(context, address, add);
  // The sort is stable: among equals those that the alert names stay first.
  const candidates = [...found.values()]
    .map((one) => weighed(context, one))
    .sort((a, b) => b.strength - a.strength);
  const ends: FarEnd[] = [];
  for (const one of candidates.slice(0, maxCandidates)) {
    const { rows, count, lastMs } = await recordsOf(context.scene, one, context.maxRows);
    const cuts = cutOf(`${one.type} ${one.value}`, rows.length, count);
    ends.push({ ...one, rows, count, lastMs, cuts, isCommon: await isService(context, rows) });
  }
  ends.sort(
    (a, b) =>
      Number(a.isCommon) - Number(b.isCommon) || b.strength - a.strength || compareText(a.value, b.value),
  );
  const omitted = [...ends.slice(maxFarEnds), ...candidates.slice(maxCandidates)];
  const limits =
    omitted.length === 0
      ? []
      : [
          `Of ${candidates.length} addresses and names outside that the activity may lead to, the ${maxFarEnds} likeliest were looked at.`,
        ];
  const isMissed = omitted.some(({ strength }) => strength >= leadStrength);
  return { ends: ends.slice(0, maxFarEnds), limits, cuts: isMissed ? limits : [] };
}

type Add = (type: FarEnd["type"], value: string, strength: number, why: Ground[]) => void;

function isOutside(
  context: TriageContext,
  { type, value }: Pick<AlertObservable, "type" | "value">,
): boolean {
  if (type === "address") return context.scene.networks.isExternal(value);
  const host = type === "url" ? hostOf(value) : value.toLowerCase();
  if (host === undefined) return false;
  return !context.scene.profile.domains.some((own) => host === own || host.endsWith(`.${own}`));
}

export function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname.toLowerCase();
  } catch {
    return undefined;
  }
}

/** What the alert itself names outside. Where it comes from outside, that is an attacker, not a destination. */
function addNamed(context: TriageContext, add: Add): void {
  for (const one of context.alert.observables) {
    if (one.type !== "address" && one.type !== "domain" && one.type !== "url") continue;
    if (!isOutside(context, one)) continue;
    add(one.type, one.value, one.role === "mentioned" ? 50 : 65, [
      fromAlert(context.alert, `The alert names ${one.value} (${one.role}).`, one.field),
    ]);
  }
}

/** What a sandbox or a report says that the alert's file contacts: capability, until the logs show it. */
function addRelated(context: TriageContext, add: Add): void {
  for (const { type, value } of context.alert.observables) {
    if (type !== "hash") continue;
    for (const relation of context.intel.cardOf("hash", value)?.relations ?? []) {
      if (relation.type === "hash" || !isOutside(context, relation)) continue;
      add(relation.type, relation.value, 75, [
        {
          kind: "capability",
          text: `${relation.relation}: the alert's file and ${relation.value}.`,
          events: [],
          eventsOmitted: 0,
          source: relation.source,
        },
      ]);
    }
  }
}

/** Links in the records of the alert's message. */
function addMailed(context: TriageContext, add: Add): void {
  const mails = context.pivots
    .filter(({ observable }) => observable.role === "sender")
    .flatMap(({ rows }) => rows);
  for (const row of mails) {
    if (!isMail(row) || row.url === null || !/^https?:/i.test(row.url)) continue;
    if (!isOutside(context, { type: "url", value: row.url })) continue;
    add(
      "url",
      row.url,
      60,
      observed(context.scene, `A message of the alert's sender links to ${row.url}.`, [row]),
    );
  }
}

/** Uncommon outside addresses that the alert's machine met at the alert's time. */
async function addMet(context: TriageContext, address: string, add: Add): Promise<void> {
  const { scene, clock } = context;
  if (clock.alertMs === undefined) return;
  const outgoing = "e.source_ip = $v AND e.destination_ip IS NOT NULL";
  const span = inSpan(context, { fromMs: -nearBeforeMs, toMs: nearAfterMs });
  const peers = new Map<string, EventRow[]>();
  for await (const row of allRows(context, `${outgoing} AND ${span}`, { v: address }))
    if (scene.networks.isExternal(row.destination_ip!))
      getOrMake(peers, row.destination_ip!, () => []).push(row);
  const standing = await standingPeers(context, address, peers.keys());
  for (const [peer, near] of peers) {
    // Of none, or only refused ones, nothing leads on.
    if (near.every((row) => contactOf(scene, row) === "refused")) continue;
    if (standing.has(peer)) continue;
    const exact = near.some((row) => Math.abs(clock.gapOf(row)!) <= nearBeforeMs);
    add(
      "address",
      peer,
      exact ? 40 : 25,
      observed(scene, `${address} met ${peer} ${clock.words(near[0]!)}.`, near),
    );
  }
}

/** Those of the peers that the address met in several different hours before the alert. */
async function standingPeers(
  { scene, clock }: TriageContext,
  address: string,
  peers: Iterable<string>,
): Promise<Set<string>> {
  const rows = await scene.store.query<{ peer: string; hours: number }>(
    `SELECT e.destination_ip AS peer, count(DISTINCT e.ms // ${hourMs}) AS hours FROM events e
     WHERE e.source_ip = $v AND e.destination_ip IN (${listed(peers)}) AND e.ms < ${clock.alertMs! - hourMs}
     GROUP BY e.destination_ip ORDER BY e.destination_ip`,
    { v: address },
  );
  return new Set(rows.filter(({ hours }) => hours >= standingHours).map(({ peer }) => peer));
}

/** A document's program or a script host that talks to it, and what intelligence says, add to the first impression. */
function weighed(
  context: TriageContext,
  one: { type: FarEnd["type"]; value: string; strength: number; why: Ground[] },
) {
  const card = context.intel.cardOf(one.type, one.value);
  if (card === undefined) return one;
  const isBad = card.verdict === "malicious" || card.verdict === "suspicious";
  return {
    ...one,
    strength: isBad ? Math.max(one.strength, 50 + Math.round(card.confidence * 0.4)) : one.strength,
    why: [...one.why, ...card.grounds],
  };
}

/** Records in which a document's program or a script host talks to the far end. */
export function carriedBy(rows: readonly EventRow[]): EventRow[] {
  return rows.filter((row) => carriers.test(row.process ?? "") || carriers.test(row.process_name ?? ""));
}

async function isService(context: TriageContext, rows: readonly EventRow[]): Promise<boolean> {
  const met = new Set(
    rows
      .filter((row) => contactOf(context.scene, row) === "outbound")
      .map((row) => insiderOf(context.scene, row))
      .filter((one) => one !== undefined),
  );
  const [row] = await context.scene.store.query<{ n: number }>(
    "SELECT count(DISTINCT e.source_ip) AS n FROM events e WHERE e.source_ip IS NOT NULL AND e.destination_ip IS NOT NULL",
  );
  return isCommon(met.size, Math.max(met.size, Math.min(row!.n, 10_000)));
}
