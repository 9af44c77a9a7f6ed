import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { parse as parseYaml } from "yaml";
import { contentDir } from "../../content.ts";
import { together } from "../../store/together.ts";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, isoOf, refOf, restOf, rowsWhere, sqlText } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";

/** Signs that are read as one another: applied to both sides before they are compared. */
const confusables: readonly [RegExp, string][] = [
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/cl/g, "d"],
  [/[1il|!]/g, "l"],
  [/0/g, "o"],
  [/5/g, "s"],
  [/3/g, "e"],
  [/[-_]/g, ""],
];

function skeleton(name: string): string {
  return confusables.reduce((text, [pattern, sign]) => text.replace(pattern, sign), name.toLowerCase());
}

/** The label that people read: "mail.lndeed.com" gives "lndeed". */
function label(domain: string): string {
  const parts = domain.toLowerCase().split(".");
  const second = parts.at(-2) ?? "";
  return /^(co|com|org|net|gov|ac|edu)$/.test(second) && parts.length > 2 ? parts.at(-3)! : second;
}

/** Known name that a domain imitates: reads alike, or one sign more, less, changed or swapped, and is another domain. */
export function imitated(domain: string, known: readonly string[]): string | undefined {
  const name = label(domain);
  if (
    name.length < 5 ||
    known.some((other) => domain === other || domain.endsWith(`.${other}`) || label(other) === name)
  )
    return undefined;
  return known.find((other) => {
    const target = label(other);
    if (target.length < 5) return false;
    return (
      skeleton(name) === skeleton(target) ||
      (name[0] === target[0] && isOneEdit(name, target)) ||
      (isOneEdit(skeleton(name), skeleton(target)) && name.length === target.length)
    );
  });
}

/** One insertion, deletion, substitution or swap of neighbours. */
function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - from && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail++;
  const restA = a.slice(from, a.length - tail);
  const restB = b.slice(from, b.length - tail);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/** Mail from a sender whose domain imitates a well-known one or the organisation's own. */
export async function lookalikeSenders(scene: Scene): Promise<Finding[]> {
  const brands = parseYaml(readFileSync(join(contentDir, "knowledge", "imitated-domains.yml"), "utf8")) as {
    domains: string[];
  };
  const known = [...scene.profile.domains, ...brands.domains];
  const senders = await scene.store.query<{ sender: string }>(
    `SELECT DISTINCT unnest([e.email_from, e.email_sender]) AS sender FROM events e
     WHERE e.email_from IS NOT NULL OR e.email_sender IS NOT NULL ORDER BY sender`,
  );
  const targets = new Map<string, string | undefined>();
  const targetOf = (domain: string) => {
    if (!targets.has(domain)) targets.set(domain, imitated(domain, known));
    return targets.get(domain);
  };
  // Of several senders in one record the column holds all, with blanks between.
  const suspect = senders
    .map(({ sender }) => sender)
    .filter((sender) => sender?.split(" ").some((part) => domainsIn(part).some(targetOf)));
  if (suspect.length === 0) return [];
  const list = suspect.map(sqlText).join(",");
  const rows = await scene.store.query<EventRow>(
    rowsWhere(`e.email_from IN (${list}) OR e.email_sender IN (${list})`, { limit: 200000 }),
  );
  const found = new Map<string, { target: string; rows: EventRow[] }>();
  for (const row of rows) {
    for (const domain of senderDomains(row)) {
      const target = targetOf(domain);
      if (target) getOrMake(found, domain, () => ({ target, rows: [] })).rows.push(row);
    }
  }
  const imitations = [...found].sort((a, b) => compareText(a[0], b[0]));
  const deliveries = await together(imitations.map(([, { rows: theirs }]) => deliveriesOf(scene, theirs)));
  return imitations.map(([domain, { target, rows: theirs }], i) =>
    toFinding(scene, domain, target, theirs, deliveries[i]!),
  );
}

const queueId = `json_extract_string(e.rest, '$."firebreak.raw.queue_id"')`;
const deliveriesMax = 1000;

/** Mail servers write sender and recipient in records of their own, which share the id of the queue. */
async function deliveriesOf(scene: Scene, rows: readonly EventRow[]): Promise<EventRow[]> {
  const queued = rows.flatMap((row) => {
    const id = restOf(row)["firebreak.raw.queue_id"];
    return row.host !== null && typeof id === "string" ? [{ host: sqlText(row.host), id: sqlText(id) }] : [];
  });
  if (queued.length === 0) return [];
  const pairs = [...new Set(queued.map(({ host, id }) => `(${host}, ${id})`))].slice(0, deliveriesMax);
  // The hosts alone first: to look into all records of all machines takes longer than all other red flags.
  const hosts = [...new Set(queued.map(({ host }) => host))];
  const known = new Set(rows.map(refOf));
  const others = await scene.store.query<EventRow>(
    rowsWhere(
      `e.host IN (${hosts.join(",")}) AND contains(e.rest, '"email.to.address"') AND (e.host, ${queueId}) IN (${pairs.join(",")})`,
      { limit: deliveriesMax },
    ),
  );
  return others.filter((row) => !known.has(refOf(row)));
}

function senderDomains(row: EventRow): string[] {
  const rest = restOf(row);
  const senders = [rest["email.from.address"], rest["email.sender.address"]].flat();
  return [...new Set(senders.flatMap((sender) => (typeof sender === "string" ? domainsIn(sender) : [])))];
}

/** None or one: the part behind the last "@". */
function domainsIn(sender: string): string[] {
  const at = sender.lastIndexOf("@");
  if (at < 0) return [];
  return [
    sender
      .slice(at + 1)
      .replace(/[>\s]+$/, "")
      .toLowerCase(),
  ];
}

function toFinding(
  scene: Scene,
  domain: string,
  target: string,
  sent: readonly EventRow[],
  deliveries: readonly EventRow[],
): Finding {
  const rows = [...sent, ...deliveries];
  const to = [
    ...new Set(
      rows
        .flatMap((row) => [restOf(row)["email.to.address"]].flat())
        .filter((value): value is string => typeof value === "string"),
    ),
  ].sort();
  const dated = rows.filter(({ ms }) => ms !== null);
  const refs = rows.slice(0, shownEvents).map(refOf);
  return {
    id: findingId("red-flag", "lookalike", domain),
    kind: "red-flag",
    title: `Mail from ${domain}, which imitates ${target}`,
    statement: `${countOf(sent.length, "mail record")} with a sender at ${domain}${to.length > 0 ? `, to ${to.slice(0, 10).join(", ")}` : ""} (${refs.slice(0, 5).join(", ")}). The name reads like ${target} and is another domain.`,
    severity: "medium",
    confidence: 60,
    start: isoOf(dated[0]?.ms),
    end: isoOf(dated.at(-1)?.ms),
    entities: [
      { type: "domain", value: domain, role: "source" },
      ...to
        .slice(0, 20)
        .map((address) => ({ type: "account" as const, value: address.split("@")[0]!, role: "target" })),
      ...summariseActors(rows).filter(({ type, role }) => type === "address" && role === "source"),
    ],
    techniques: [{ id: "T1566", name: scene.attack.nameOf("T1566"), events: refs }],
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: [`${domain} may be an unrelated business; its registration date and content would tell.`],
  };
}
