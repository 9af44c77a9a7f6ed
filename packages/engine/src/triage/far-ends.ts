import { compareText, getOrMake } from "@firebreak/model/collections";
import type { Ground } from "@firebreak/model/triage";
import type { AlertObservable } from "../alerts/alert.ts";
import { isCommon, isStanding } from "../findings/alert/peers.ts";
import { recordsOf } from "../findings/alert/records.ts";
import { type EventRow, eventOrder, eventRowColumns } from "../findings/rows.ts";
import type { TriageContext } from "./context.ts";
import { fromAlert, observed } from "./grounds.ts";
import { contactOf, insiderOf, isMail } from "./traffic.ts";

/** An address, name or URL outside that may be where the activity leads, with why it is thought so. */
export interface FarEnd {
  readonly type: "address" | "domain" | "url";
  readonly value: string;
  /** 0-100: how strongly its role is supported before its own records are looked at. */
  readonly strength: number;
  readonly why: readonly Ground[];
  readonly rows: readonly EventRow[];
  /** Many of the organisation's machines meet it: a service in common use. */
  readonly isCommon: boolean;
}

/** Contacts within this of the alert, clocks brought together, are at the alert. */
const nearBeforeMs = 2 * 60_000;
const nearAfterMs = 15 * 60_000;
const maxFarEnds = 12;

/** Programs that fetch what a document or script tells them to; their contacts with a rare address stand out. */
const carriers =
  /(^|[\\/])(excel|winword|powerpnt|outlook|onenote|mspub|eqnedt32|wscript|cscript|mshta|powershell|pwsh|regsvr32|rundll32|certutil|bitsadmin|msiexec|installutil|wmic)(\.exe)?$/i;

/** Where the alert's activity may lead: named by the alert, by intelligence about its file, or met at its time. */
export async function findFarEnds(context: TriageContext): Promise<FarEnd[]> {
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
  const ends: FarEnd[] = [];
  for (const one of [...found.values()].slice(0, 60)) {
    const { rows } = await recordsOf(context.scene, one);
    ends.push({ ...weighed(context, one), rows, isCommon: await isService(context, rows) });
  }
  return ends
    .sort(
      (a, b) =>
        Number(a.isCommon) - Number(b.isCommon) || b.strength - a.strength || compareText(a.value, b.value),
    )
    .slice(0, maxFarEnds);
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
  const rows = await scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM events e WHERE e.source_ip = $v AND e.destination_ip IS NOT NULL AND e.ms IS NOT NULL ORDER BY ${eventOrder} LIMIT 100000`,
    { v: address },
  );
  const peers = new Map<string, EventRow[]>();
  for (const row of rows)
    if (scene.networks.isExternal(row.destination_ip!))
      getOrMake(peers, row.destination_ip!, () => []).push(row);
  for (const [peer, met] of peers) {
    const near = met.filter((row) => {
      const gap = clock.gapOf(row)!;
      return gap >= -nearBeforeMs && gap <= nearAfterMs;
    });
    // Of none, or only refused ones, nothing leads on.
    if (near.every((row) => contactOf(scene, row) === "refused")) continue;
    if (isStanding(met, clock.alertMs)) continue;
    const exact = near.some((row) => Math.abs(clock.gapOf(row)!) <= nearBeforeMs);
    add(
      "address",
      peer,
      exact ? 40 : 25,
      observed(scene, `${address} met ${peer} ${clock.words(near[0]!)}.`, near),
    );
  }
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
