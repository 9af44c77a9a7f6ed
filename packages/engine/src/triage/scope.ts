import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { EntityType } from "@firebreak/model/picture";
import type { ScopeEntity } from "@firebreak/model/triage";
import type { AlertObservable } from "../alerts/alert.ts";
import { actorsOf } from "../findings/actors.ts";
import { type EventRow, isoOf } from "../findings/rows.ts";
import type { TriageContext } from "./context.ts";
import type { FarEnd } from "./records/far-ends.ts";
import { recipientsOf } from "./records/messages.ts";
import type { Pivot } from "./records/pivot.ts";
import { isInterpreter } from "./records/programs.ts";
import { contactOf, countSessions, isMail } from "./records/traffic.ts";
import { labelOf } from "./subject.ts";

/** Parties of a service in common use that are told one by one. */
const maxOfService = 5;
const shownEntities = 200;
const shown = 20;

export interface AlertScope {
  readonly entities: ScopeEntity[];
  /** Entities beyond the bound. */
  readonly omitted: number;
  /** What of the parties was left out, a sentence each. */
  readonly limits: string[];
}

/**
 * Everything the alert touches, in both directions, and who else met the same: each with its records, its first and last
 * time as recorded, and its distance from the alert. A party that the alert does not name is volunteered, never asserted.
 */
export function scopeOf(
  context: TriageContext,
  farEnds: readonly FarEnd[],
  maxEntities = shownEntities,
): AlertScope {
  const out = new Map<string, ScopeEntity>();
  const omitted = new Set<string>();
  const add = (entity: ScopeEntity) => {
    const key = `${entity.type} ${entity.type === "host" ? labelOf(entity.value) : entity.value.toLowerCase()}`;
    if (out.has(key) || omitted.has(key)) return;
    if (out.size < maxEntities) out.set(key, entity);
    else omitted.add(key);
  };
  for (const pivot of context.pivots)
    if (pivot.observable.role !== "mentioned") add(namedEntity(context, pivot));
  for (const end of farEnds) if (!end.isCommon && end.rows.length > 0) add(farEntity(context, end));
  const leads = [
    ...context.pivots
      .filter(({ observable }) => isLead(context, observable))
      .map(({ observable, rows }) => ({ value: observable.value, rows, isCommon: false })),
    ...farEnds.filter(({ rows, isCommon }) => rows.length > 0 && !isCommon),
  ];
  for (const lead of leads) for (const entity of partiesOf(context, lead)) add(entity);
  const limits =
    omitted.size === 0
      ? []
      : [
          `The scope lists ${out.size} entities; ${countOf(omitted.size, "more entity", "more entities")} met the same.`,
        ];
  return { entities: [...out.values()], omitted: omitted.size, limits };
}

/** Only what is outside, or a file, leads on to others: everyone meets the organisation's own machines. */
function isLead(context: TriageContext, { type, value, role }: AlertObservable): boolean {
  if (role === "mentioned" && type !== "hash") return false;
  if (type === "hash" || type === "url") return true;
  if (type === "address") return context.scene.networks.isExternal(value);
  if (type === "mailbox") return role === "sender";
  if (type === "file") return !isInterpreter(value) && value.length > 4;
  return type === "domain" && !context.scene.profile.domains.some((own) => value.toLowerCase().endsWith(own));
}

const entityTypes: Record<AlertObservable["type"], EntityType> = {
  host: "host",
  account: "account",
  mailbox: "account",
  address: "address",
  domain: "domain",
  url: "url",
  hash: "hash",
  file: "file",
};

function namedEntity(context: TriageContext, pivot: Pivot): ScopeEntity {
  const { observable, rows, count } = pivot;
  const type = entityTypes[observable.type];
  const entity = describe(context, type, observable.value, rows, pivot);
  if (count === 0) {
    const also = type === "host" ? context.subject.aliasesOf(observable.value) : [];
    const byAddress = also.length > 0 ? ` by this name; see ${also.join(", ")}` : "";
    return {
      ...entity,
      state: stateInPicture(context, type, observable.value) ?? "not-examined",
      reason: `The alert names it (${observable.field}); none of ${countOf(context.scene.receipts.length, "source")} has a record of it${byAddress}. That says what was read, not what happened.`,
    };
  }
  return {
    ...entity,
    state: stateInPicture(context, type, observable.value) ?? "suspected",
    reason: `The alert names it (${observable.field}): ${countSessions(rows).text}${ofAll(pivot)}.`,
  };
}

/** A count of what was read says so where that is not all. */
function ofAll({ rows, count }: Pick<FarEnd, "rows" | "count">): string {
  return count > rows.length ? `, read of ${count}` : "";
}

function farEntity(context: TriageContext, end: FarEnd): ScopeEntity {
  const entity = describe(context, end.type, end.value, end.rows, end);
  const isNamed = context.alert.observables.some(({ value }) => value === end.value);
  return {
    ...entity,
    volunteered: !isNamed,
    state: stateInPicture(context, end.type, end.value) ?? "suspected",
    reason: `${end.why[0]?.text ?? ""} ${countSessions(end.rows).text}${ofAll(end)}.`.trim(),
  };
}

/** The organisation's machines and accounts in the records of a lead, without those that the alert is about. */
function partiesOf(
  context: TriageContext,
  lead: { value: string; rows: readonly EventRow[]; isCommon: boolean },
): ScopeEntity[] {
  const parties = new Map<string, Party>();
  for (const row of lead.rows) {
    const isMentioned = contactOf(context.scene, row) === "mentioned" && !isMail(row);
    for (const actor of actorsOf(row)) {
      if (actor.value === lead.value || actor.role === "mentioned" || isSystemParty(context, actor, row))
        continue;
      if (isMentioned && actor.type !== "host") continue;
      const key = `${actor.type} ${actor.type === "host" ? labelOf(actor.value) : actor.value.toLowerCase()}`;
      const party = getOrMake(parties, key, () => newParty(actor.type, actor.value));
      party.rows.push(row);
      if (actor.role !== "target") party.isOnlyTried = false;
    }
    for (const recipient of recipientsOf(row)) {
      const party = getOrMake(parties, `account ${recipient.toLowerCase()}`, () =>
        newParty("account", recipient),
      );
      party.rows.push(row);
      party.isOnlyTried = false;
    }
  }
  const others = [...parties.values()].filter((one) => !isOwn(context, one.type, one.value));
  const told = lead.isCommon ? others.slice(0, maxOfService) : others;
  return told
    .sort((a, b) => compareText(a.type, b.type) || compareText(a.value, b.value))
    .map((party) => volunteer(context, lead.value, party));
}

/** A machine or an account that met a lead. */
interface Party {
  readonly type: EntityType;
  readonly value: string;
  readonly rows: EventRow[];
  /** Each of the records is a failed sign-in with it. */
  isOnlyTried: boolean;
}

function newParty(type: EntityType, value: string): Party {
  return { type, value, rows: [], isOnlyTried: true };
}

function volunteer(
  context: TriageContext,
  lead: string,
  { type, value, rows, isOnlyTried }: Party,
): ScopeEntity {
  const entity = describe(context, type, value, rows);
  const also = type === "host" || type === "address" ? context.subject.aliasesOf(value) : [];
  const name = also.length > 0 ? `${value} (also ${also.join(", ")})` : value;
  const refused = rows.every((row) => contactOf(context.scene, row) === "refused");
  const proof =
    entity.gap === "no usable date"
      ? "possibly in scope, not proven"
      : isOnlyTried
        ? "every sign-in with it failed: it was tried, and nothing was done in its name"
        : refused
          ? "every attempt was refused; why it tried is open"
          : "in scope until shown otherwise";
  return {
    ...entity,
    volunteered: true,
    state: isOnlyTried ? "context" : "suspected",
    reason: `${name} also has ${countSessions(rows).text} with ${lead}, ${entity.gap}: ${proof}.`,
  };
}

function isSystemParty(
  context: TriageContext,
  actor: { type: EntityType; value: string },
  row: EventRow,
): boolean {
  if (actor.type === "host") return isMail(row) || (row.url !== null && row.dataset.startsWith("web/"));
  if (actor.type === "address") {
    // A resolver, a mail server or a proxy answers for everyone: it is no party to what it carries.
    if (row.dns_name !== null && actor.value === row.destination_ip) return true;
    return (
      !context.scene.networks.isInternal(actor.value) ||
      isMail(row) ||
      context.scene.networks.isGateway(actor.value)
    );
  }
  return actor.type !== "account";
}

function isOwn(context: TriageContext, type: EntityType, value: string): boolean {
  const { subject, alert } = context;
  if (type === "host") return subject.hosts.has(labelOf(value));
  if (type === "address") return subject.addresses.has(value);
  const lower = value.toLowerCase();
  if (type === "account" && subject.accounts.has(lower.slice(lower.lastIndexOf("\\") + 1))) return true;
  return alert.observables.some((one) => one.value.toLowerCase() === lower);
}

function describe(
  context: TriageContext,
  type: EntityType,
  value: string,
  rows: readonly EventRow[],
  all: { count: number; lastMs?: number | null } = { count: rows.length },
): ScopeEntity {
  const dated = rows.filter((row) => row.ms !== null);
  const nearest = [...dated].sort(
    (a, b) => Math.abs(context.clock.gapOf(a) ?? 0) - Math.abs(context.clock.gapOf(b) ?? 0),
  )[0];
  const ordered = nearest === undefined ? rows : [nearest, ...rows.filter((row) => row !== nearest)];
  return {
    type,
    value,
    state: "suspected",
    direction: directionOf(context, type, value, rows),
    records: all.count,
    sessions: countSessions(rows).sessions,
    first: isoOf(dated[0]?.ms),
    last: isoOf((all.count > rows.length ? all.lastMs : undefined) ?? dated.at(-1)?.ms),
    gap:
      rows.length === 0
        ? "no record"
        : nearest === undefined
          ? "no usable date"
          : context.clock.words(nearest),
    volunteered: false,
    reason: "",
    events: ordered.slice(0, shown).map(context.scene.cite),
    eventsOmitted: Math.max(0, all.count - Math.min(shown, rows.length)),
  };
}

function directionOf(
  context: TriageContext,
  type: EntityType,
  value: string,
  rows: readonly EventRow[],
): ScopeEntity["direction"] {
  const names = new Set([value, ...(type === "host" ? context.subject.aliasesOf(value) : [])]);
  const isSource = rows.some((row) => row.source_ip !== null && names.has(row.source_ip));
  const isDestination = rows.some(
    (row) =>
      (row.destination_ip !== null && names.has(row.destination_ip)) ||
      (type === "domain" && row.url_domain?.toLowerCase() === value.toLowerCase()),
  );
  if (isSource && isDestination) return "both";
  return isSource ? "source" : isDestination ? "destination" : "named";
}

function stateInPicture(context: TriageContext, type: EntityType, value: string) {
  const lower = value.toLowerCase();
  return context.picture.entities.find(
    (one) =>
      one.type === type &&
      (one.value.toLowerCase() === lower || (type === "host" && labelOf(one.value) === labelOf(value))),
  )?.state;
}
