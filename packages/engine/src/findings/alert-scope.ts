import { compareText, countOf, getOrMake } from "@firebreak/model/collections";
import type { ClockStatement, Finding, ResearchQuestion } from "@firebreak/model/picture";
import type { Severity } from "@firebreak/model/severity";
import type { Alert, AlertObservable } from "../organisation/alert.ts";
import { formatGap } from "./chain-match.ts";
import { suggestClock } from "./clock-anchor.ts";
import { summariseActors } from "./entities-of.ts";
import { canonicalName } from "./names.ts";
import { type EventRow, eventOrder, eventRowColumns, isoOf, refOf } from "./rows.ts";
import { findingId, type Scene, shownEvents } from "./scene.ts";

export interface AlertScope {
  findings: Finding[];
  research: ResearchQuestion[];
  clocks: ClockStatement[];
  statements: string[];
}

/** Records read for one observable; the count stays exact. */
const maxRows = 5000;
/** Records older than this before the alert are context, not evidence of it. */
const contextMs = 30 * 86_400_000;
const nearMs = 15 * 60_000;

/** Looks for everything the alert names, in both directions, over all sources and all time, and for who else met the same peers. */
export async function scopeAlert(scene: Scene, alert: Alert): Promise<AlertScope> {
  const out: AlertScope = { findings: [], research: [], clocks: [], statements: alertStatements(alert) };
  const rows = new Map<string, EventRow>();
  for (const observable of alert.observables) {
    const found = await recordsOf(scene, observable);
    for (const row of found.rows) rows.set(refOf(row), row);
    out.statements.push(observableStatement(scene, observable, found, alert));
  }
  const all = [...rows.values()];
  out.findings.push(alertFinding(scene, alert, all));
  const clock = suggestClock(scene, alert, all);
  if (clock) {
    out.clocks.push(clock.statement);
    out.research.push(clock.question);
  }
  const inside = alert.observables.filter(
    ({ type, value }) => type === "address" && scene.networks.isInternal(value),
  );
  const named = new Set(
    alert.observables
      .filter(({ type, value }) => type === "address" && scene.networks.isExternal(value))
      .map(({ value }) => value),
  );
  for (const { value } of inside) await scopePeers(scene, alert, value, clock?.offsetMs, named, out);
  for (const peer of named) await scopePeer(scene, alert, peer, undefined, out);
  return out;
}

function alertStatements(alert: Alert): string[] {
  const lines = [`Alert "${alert.title}" (${alert.source}).`];
  if (alert.time)
    lines.push(
      `Its time is ${alert.time.iso}, recorded as "${alert.time.original}" in ${alert.time.zone} (${alert.time.zoneSource}).`,
    );
  else lines.push("The alert carries no usable time: nothing can be put before or after it.");
  const action: Record<Alert["deviceAction"], string> = {
    allowed:
      'The device action is "allowed": the activity was not stopped. Allowed is not quarantined, cleaned or blocked.',
    blocked:
      'The device action is "blocked": this attempt was stopped. It says nothing about other attempts, nor that a file was removed.',
    quarantined:
      'The device action is "quarantined": the file was moved away. What ran before that is not undone.',
    cleaned: 'The device action is "cleaned": the product says it removed the threat. That is its own claim.',
    detected: 'The device action is "detected": the product saw it. Nothing says that it was stopped.',
    unknown: "The alert does not say what the device did.",
  };
  return [...lines, action[alert.deviceAction]];
}

interface Found {
  rows: EventRow[];
  count: number;
}

async function recordsOf(scene: Scene, observable: AlertObservable): Promise<Found> {
  const where: Record<AlertObservable["type"], string> = {
    address: "e.source_ip = $v OR e.destination_ip = $v OR contains(e.rest, $q)",
    host: "lower(e.host) = lower($v) OR lower(split_part(e.host, '.', 1)) = lower($v)",
    account: "lower(e.user_name) IN (lower($v), lower($bare), lower($local))",
    hash: "contains(lower(e.rest), lower($v))",
    url: "e.url = $v OR contains(e.rest, $v) OR (length($path) > 4 AND (e.url = $path OR starts_with(e.url, $path || '?')))",
    domain: "lower(e.url_domain) = lower($v) OR lower(e.dns_name) = lower($v)",
    file: "contains(lower(coalesce(e.file_path, '')), lower($v)) OR contains(lower(coalesce(e.command_line, '')), lower($v)) OR contains(lower(coalesce(e.process, '')), lower($v)) OR contains(lower(e.rest), lower($v))",
  };
  const condition = where[observable.type];
  const values: Record<string, string> = { v: observable.value };
  if (condition.includes("$bare")) Object.assign(values, accountSpellings(scene, observable.value));
  if (condition.includes("$path")) values.path = pathOf(observable.value);
  if (condition.includes("$q")) values.q = JSON.stringify(observable.value);
  const rows = await scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM events e WHERE ${condition} ORDER BY ${eventOrder} LIMIT ${maxRows}`,
    values,
  );
  const [total] = await scene.store.query<{ n: number }>(
    `SELECT count(*) AS n FROM events e WHERE ${condition}`,
    values,
  );
  return { rows, count: total!.n };
}

/** An account without its domain before it; and without its own domain after it. */
function accountSpellings(scene: Scene, value: string): { bare: string; local: string } {
  const bare = value.slice(value.lastIndexOf("\\") + 1);
  return { bare, local: canonicalName(scene.profile, "account", bare).key };
}

/** A web server writes the path only: "/human2.aspx" of "https://mft.example/human2.aspx?x=1". */
function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return "";
  }
}

function observableStatement(scene: Scene, observable: AlertObservable, found: Found, alert: Alert): string {
  const name = `${observable.type} ${observable.value}`;
  if (found.count === 0)
    return `No record in the evidence names ${name} (${countOf(scene.receipts.length, "source")} searched; see coverage for what they hold).`;
  const dated = found.rows.filter((row) => row.ms !== null);
  const undated = found.rows.length - dated.length;
  const span = dated.length > 0 ? ` from ${isoOf(dated[0]!.ms)} to ${isoOf(dated.at(-1)!.ms)}` : "";
  const early = alert.time ? dated.filter((row) => row.ms! < alert.time!.ms - contextMs) : [];
  const context =
    early.length > 0
      ? ` ${countOf(early.length, "record")} predate the alert by ${formatGap(alert.time!.ms - early.at(-1)!.ms!)} or more: context, not evidence of it.`
      : "";
  const without = undated > 0 ? ` ${countOf(undated, "record")} without a usable time.` : "";
  return `${name}: ${countOf(found.count, "record")}${span} (${found.rows.slice(0, 3).map(refOf).join(", ")}${found.count > 3 ? ", …" : ""}).${context}${without}`;
}

function alertSeverity(alert: Alert): Severity {
  const text =
    Object.entries(alert.fields)
      .find(([name]) => /(^|[._ ])(severity|level|priority)$/i.test(name))?.[1]
      ?.toLowerCase() ?? "";
  if (/crit/.test(text)) return "critical";
  if (/high/.test(text)) return "high";
  if (/low/.test(text)) return "low";
  return /info/.test(text) ? "informational" : "medium";
}

function alertFinding(scene: Scene, alert: Alert, rows: readonly EventRow[]): Finding {
  // Without a time nothing can be near: everything that the alert names is told.
  const near = alert.time
    ? rows.filter((row) => row.ms !== null && Math.abs(row.ms - alert.time!.ms) <= 86_400_000)
    : rows;
  const roles: Record<AlertObservable["type"], string> = {
    host: "host",
    account: "account",
    address: "source",
    domain: "name",
    url: "name",
    hash: "hash",
    file: "file",
  };
  return {
    id: findingId("alert", alert.title),
    kind: "alert",
    title: `Alert: ${alert.title}`,
    statement: `The alert names ${alert.observables.map(({ type, value }) => `${type} ${value}`).join(", ") || "nothing that can be searched for"}. ${countOf(near.length, "record")} of the evidence${alert.time ? " within a day of it" : ", at any time,"} ${near.length === 1 ? "names" : "name"} one of them.`,
    severity: alertSeverity(alert),
    confidence: 50,
    start: alert.time?.iso ?? null,
    end: alert.time?.iso ?? null,
    entities: alert.observables.map(({ type, value, field }) => ({
      type,
      value: type === "hash" ? value.toLowerCase() : value,
      role: type === "address" && /dest|target|remote/i.test(field) ? "destination" : roles[type],
    })),
    techniques: [],
    events: near.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, near.length - shownEvents),
    alternatives: ["The product's rule may be wrong: the alert alone does not prove malicious activity."],
  };
}

/** Peers told one by one; a workstation meets dozens of addresses in a quarter of an hour. */
const maxToldPeers = 8;
/** A peer that was met in so many different hours before the alert is a standing relation. */
const standingHours = 3;

interface MetPeer {
  rows: EventRow[];
  near: boolean;
}

/** External peers of an internal address that it met at the alert's time: uncommon ones are findings, the others one line. */
async function scopePeers(
  scene: Scene,
  alert: Alert,
  address: string,
  offsetMs: number | undefined,
  skip: ReadonlySet<string>,
  out: AlertScope,
): Promise<void> {
  if (!alert.time) return;
  const met = await peersOf(scene, alert.time.ms, address, offsetMs, skip);
  const insiders = await countInsiders(scene);
  const common: string[] = [];
  const refused: string[] = [];
  const standing: string[] = [];
  const told: string[] = [];
  for (const [peer, { rows }] of met) {
    const others = await insidersOf(scene, peer);
    if (rows.every(isRefused)) refused.push(peer);
    else if (isCommon(others.length, insiders)) common.push(`${peer} (${others.length})`);
    else if (isStanding(rows, alert.time.ms)) standing.push(`${peer} (since ${isoOf(rows[0]!.ms)})`);
    else told.push(peer);
  }
  if (told.length <= maxToldPeers) {
    for (const peer of told) await scopePeer(scene, alert, peer, address, out);
  } else {
    out.findings.push(manyPeersFinding(scene, alert, address, told, met));
  }
  const line = (peers: readonly string[], text: string) => {
    if (peers.length === 0) return;
    const more = peers.length > 20 ? ` and ${peers.length - 20} more` : "";
    out.statements.push(
      `At the alert's time ${address} also met ${countOf(peers.length, "external address", "external addresses")} ${text}: ${peers.slice(0, 20).join(", ")}${more}.`,
    );
  };
  line(
    common,
    `that many of the ${insiders} internal ones meet (left out of the scope as services in common use; a judgement by number, not a clean bill)`,
  );
  line(
    standing,
    `that it had met in ${standingHours} or more different hours before (a standing relation, or an activity that is older than the alert; not judged)`,
  );
  line(refused, "whose every recorded connection was refused (noise of the internet reaches everyone)");
}

/** Peers met within a quarter of an hour of the alert, each with all its dated records with the address. */
async function peersOf(
  scene: Scene,
  alertMs: number,
  address: string,
  offsetMs: number | undefined,
  skip: ReadonlySet<string>,
): Promise<[string, MetPeer][]> {
  const rows = await scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM events e WHERE (e.source_ip = $v OR e.destination_ip = $v) AND e.ms IS NOT NULL ORDER BY ${eventOrder} LIMIT 100000`,
    { v: address },
  );
  const peers = new Map<string, MetPeer>();
  for (const row of rows) {
    const peer = row.source_ip === address ? row.destination_ip : row.source_ip;
    if (!peer || skip.has(peer) || !scene.networks.isExternal(peer)) continue;
    const known = getOrMake(peers, peer, () => ({ rows: [], near: false }));
    known.rows.push(row);
    const gap = Math.abs(row.ms! - alertMs);
    const shifted =
      offsetMs === undefined || row.zone_source === "in-record"
        ? gap
        : Math.abs(row.ms! - offsetMs - alertMs);
    if (Math.min(gap, shifted) <= nearMs) known.near = true;
  }
  return [...peers].filter(([, { near }]) => near).sort((a, b) => compareText(a[0], b[0]));
}

function isRefused(row: EventRow): boolean {
  return (
    row.action !== null &&
    /^(denied|blocked|dropped|rejected|connection-blocked|packet-blocked)$/.test(row.action)
  );
}

function isStanding(rows: readonly EventRow[], alertMs: number): boolean {
  const hours = new Set(
    rows.flatMap((row) => (row.ms! < alertMs - 3_600_000 ? [Math.floor(row.ms! / 3_600_000)] : [])),
  );
  return hours.size >= standingHours;
}

/** Too many uncommon peers to single one out: one finding that lists them, and no suspicion of each. */
function manyPeersFinding(
  scene: Scene,
  alert: Alert,
  address: string,
  told: readonly string[],
  met: readonly [string, MetPeer][],
): Finding {
  const wanted = new Set(told);
  const rows = met
    .filter(([peer]) => wanted.has(peer))
    .flatMap(([, one]) => one.rows.slice(0, 3))
    .sort((a, b) => a.ms! - b.ms!);
  return {
    id: findingId("alert-peers", alert.title, address),
    kind: "alert",
    title: `${address} met ${told.length} uncommon external addresses around the alert`,
    statement: `Within a quarter of an hour of the alert ${address} met ${told.length} external addresses that few others meet: ${told.slice(0, 50).join(", ")}${told.length > 50 ? ", …" : ""}. So many are usual for a machine in use: none of them stands out by that alone.`,
    severity: "low",
    confidence: 20,
    start: isoOf(rows[0]?.ms),
    end: isoOf(rows.at(-1)?.ms),
    entities: summariseActors(rows),
    techniques: [],
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: ["Ordinary browsing and updates meet many addresses at any time."],
  };
}

/** A peer that half of the organisation meets, or more than ten machines, is a service and not a rendezvous. */
function isCommon(met: number, insiders: number): boolean {
  return met > 10 || (met > 2 && met * 2 >= insiders);
}

interface Peer {
  peer: string;
  n: number;
}

/** Internal addresses that met an external one, with the number of records. */
async function insidersOf(scene: Scene, peer: string): Promise<Peer[]> {
  const rows = await scene.store.query<Peer>(
    `SELECT CASE WHEN e.source_ip = $v THEN e.destination_ip ELSE e.source_ip END AS peer, count(*) AS n
     FROM events e WHERE e.source_ip = $v OR e.destination_ip = $v GROUP BY 1 ORDER BY 1`,
    { v: peer },
  );
  return rows.filter(({ peer: other }) => other !== null && scene.networks.isInternal(other));
}

async function countInsiders(scene: Scene): Promise<number> {
  const rows = await scene.store.query<{ a: string }>(
    "SELECT DISTINCT a FROM (SELECT source_ip AS a FROM events UNION SELECT destination_ip FROM events) WHERE a IS NOT NULL ORDER BY a",
  );
  return rows.filter(({ a }) => scene.networks.isInternal(a)).length;
}

async function scopePeer(
  scene: Scene,
  alert: Alert,
  peer: string,
  from: string | undefined,
  out: AlertScope,
): Promise<void> {
  const inside = await insidersOf(scene, peer);
  const rows = await scene.store.query<EventRow>(
    `SELECT ${eventRowColumns} FROM events e WHERE e.source_ip = $v OR e.destination_ip = $v ORDER BY ${eventOrder} LIMIT ${maxRows}`,
    { v: peer },
  );
  if (rows.length === 0) return;
  const common = isCommon(inside.length, await countInsiders(scene));
  out.findings.push(peerFinding(scene, alert, peer, from, rows, inside, common));
  out.research.push(...peerQuestions(scene, peer, from, rows, inside));
}

/** Records with the same addresses and ports within two hours are one session, however often it was logged. */
export function sessionsOf(rows: readonly EventRow[]): EventRow[][] {
  const open = new Map<string, EventRow[]>();
  const sessions: EventRow[][] = [];
  for (const row of rows) {
    const key =
      row.source_port === null
        ? undefined
        : `${row.source_ip}:${row.source_port}>${row.destination_ip}:${row.destination_port}`;
    const known = key === undefined ? undefined : open.get(key);
    if (known && row.ms !== null && known.at(-1)!.ms !== null && row.ms - known.at(-1)!.ms! <= 7_200_000)
      known.push(row);
    else {
      const made = [row];
      sessions.push(made);
      if (key !== undefined) open.set(key, made);
    }
  }
  return sessions;
}

function peerFinding(
  scene: Scene,
  alert: Alert,
  peer: string,
  from: string | undefined,
  rows: readonly EventRow[],
  inside: readonly Peer[],
  common: boolean,
): Finding {
  const sessions = sessionsOf(rows);
  const merged = sessions.filter((session) => session.length > 1);
  const own = new Set(alert.observables.map(({ value }) => value));
  const others = inside.map((other) => other.peer).filter((other) => other !== from && !own.has(other));
  const dated = rows.filter((row) => row.ms !== null);
  const country = scene.geography.country(peer);
  const owner = scene.geography.autonomousSystem(peer);
  const lines = [
    `${peer}${country ? ` (${country}${owner ? `, AS${owner.number} ${owner.name}` : ""})` : ""} ${inside.length === 0 ? "is named by records that name no internal address." : `was met by ${countOf(inside.length, "internal address", "internal addresses")}: ${inside.map((other) => other.peer).join(", ")}.`}`,
    `${countOf(rows.length, "record")}, ${countOf(sessions.length, "session")}.`,
  ];
  if (merged.length > 0) {
    const one = merged[0]!;
    lines.push(
      `${one.length} records with source port ${one[0]!.source_port} (${one.map(refOf).join(", ")}) are one session, logged ${one.length} times.`,
    );
  }
  for (const other of others) lines.push(otherHostLine(alert, peer, other, rows));
  return {
    id: findingId("alert-peer", peer),
    kind: "alert",
    title: from
      ? `${from} met ${peer} at the time of the alert`
      : `Traffic with ${peer}, which the alert "${alert.title}" names`,
    statement: lines.join(" "),
    severity: common ? "low" : "medium",
    confidence: common ? 20 : 55,
    start: isoOf(dated[0]?.ms),
    end: isoOf(dated.at(-1)?.ms),
    // Whom the peer met besides, out in the internet, is not part of what this finding says.
    entities: summariseActors(rows).filter(
      ({ type, value }) => type !== "address" || value === peer || !scene.networks.isExternal(value),
    ),
    techniques: [],
    events: rows.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, rows.length - shownEvents),
    alternatives: [
      common
        ? `${inside.length} internal addresses meet it: a service in common use is likelier than a control server.`
        : "Legitimate software of the host may use this address; a threat-intelligence look-up of its relations would tell.",
    ],
  };
}

function otherHostLine(alert: Alert, peer: string, other: string, rows: readonly EventRow[]): string {
  const theirs = rows.filter((row) => row.source_ip === other || row.destination_ip === other);
  const dated = theirs.filter((row) => row.ms !== null);
  const refs = theirs.slice(0, 3).map(refOf).join(", ");
  if (dated.length === 0)
    return `${other} also has ${countOf(theirs.length, "record")} with ${peer}, without a usable time (${refs}): possibly in scope, not proven.`;
  const gap = alert.time
    ? ` ${formatGap(dated[0]!.ms! - alert.time.ms)} ${dated[0]!.ms! < alert.time.ms ? "before" : "after"} the alert`
    : "";
  return `${other} also met ${peer}, first at ${isoOf(dated[0]!.ms)}${gap} (${refs}): in scope until shown otherwise.`;
}

function peerQuestions(
  scene: Scene,
  peer: string,
  from: string | undefined,
  rows: readonly EventRow[],
  inside: readonly Peer[],
): ResearchQuestion[] {
  const cited = rows.slice(0, 10).map(scene.cite);
  const questions: ResearchQuestion[] = [
    {
      id: findingId("question", "reputation", peer),
      question: `What is known about ${peer}?`,
      why: "No reputation was asked (no network by default). A score of zero would not clear it: its communicating files and sandbox contacts decide.",
      query: `threat-intelligence look-up by address: ${peer} (relations: communicating files, resolutions, URLs), and by hash for the alert's file`,
      wouldChange:
        "Malicious relations confirm command and control; a well-known service with clean relations weakens the finding.",
      events: cited,
    },
  ];
  if (from) {
    const inbound = rows.filter((row) => row.source_ip === peer && row.destination_ip === from);
    questions.push({
      id: findingId("question", "inbound", peer, from),
      question: `Did ${peer} also open connections to ${from}?`,
      why:
        inbound.length > 0
          ? `${countOf(inbound.length, "record")} ${inbound.length === 1 ? "shows" : "show"} it (${inbound.slice(0, 3).map(refOf).join(", ")}).`
          : `No such record among the ${countOf(rows.length, "record")} that name ${peer}. That is no proof of absence: only the sources and windows in the coverage table were looked at.`,
      query: `source.ip = ${peer} AND destination.ip = ${from}, in firewall and proxy logs that cover the alert`,
      wouldChange: "An inbound session would mean exposure of the host to the internet.",
      events: cited,
    });
  }
  for (const { peer: other } of inside) {
    if (other === from || scene.alert?.observables.some(({ value }) => value === other)) continue;
    questions.push({
      id: findingId("question", "other-host", peer, other),
      question: `Is ${other} compromised as well?`,
      why: `It met ${peer}, as ${from ?? "the alert's host"} did.`,
      query: `all records of ${other}: process, sign-in and network events around its contact with ${peer}`,
      wouldChange:
        "The same file or process on it makes it part of the incident; a different program explains the contact.",
      events: rows
        .filter((row) => row.source_ip === other || row.destination_ip === other)
        .slice(0, 10)
        .map(scene.cite),
    });
  }
  return questions;
}
