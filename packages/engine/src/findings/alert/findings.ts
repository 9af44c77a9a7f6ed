import { countOf } from "@firebreak/model/collections";
import { formatDuration } from "@firebreak/model/duration";
import type { EntityType, Finding } from "@firebreak/model/picture";
import type { Alert, AlertObservable } from "../../alerts/alert.ts";
import { isPersonalAccount } from "../actors.ts";
import { summariseActors } from "../entities-of.ts";
import { type EventRow, isoOf, refOf } from "../rows.ts";
import { findingId, type Scene, shownEvents } from "../scene.ts";
import type { MetPeer, Peer } from "./peers.ts";
import { sessionsOf } from "./sessions.ts";

export function alertFinding(scene: Scene, alert: Alert, rows: readonly EventRow[]): Finding {
  // Without a time nothing can be near: everything that the alert names is told.
  const near = alert.time
    ? rows.filter((row) => row.ms !== null && Math.abs(row.ms - alert.time!.ms) <= 86_400_000)
    : rows;
  return {
    id: findingId("alert", alert.title),
    kind: "alert",
    title: `Alert: ${alert.title}`,
    statement: `The alert names ${alert.observables.map(({ type, value }) => `${type} ${value}`).join(", ") || "nothing that can be searched for"}. ${countOf(near.length, "record")} of the evidence${alert.time ? " within a day of it" : ", at any time,"} ${near.length === 1 ? "names" : "name"} one of them.`,
    severity: alert.severity,
    confidence: 50,
    start: alert.time?.iso ?? null,
    end: alert.time?.iso ?? null,
    entities: alert.observables
      .filter(({ type, value }) => type !== "account" || isPersonalAccount(value))
      .map(entityOf),
    techniques: [],
    events: near.slice(0, shownEvents).map(scene.cite),
    eventsOmitted: Math.max(0, near.length - shownEvents),
    alternatives: ["The product's rule may be wrong: the alert alone does not prove malicious activity."],
  };
}

const entityTypes: Record<AlertObservable["type"], [type: EntityType, role: string]> = {
  host: ["host", "host"],
  account: ["account", "account"],
  mailbox: ["account", "account"],
  address: ["address", "source"],
  domain: ["domain", "name"],
  url: ["url", "name"],
  hash: ["hash", "hash"],
  file: ["file", "file"],
};

function entityOf({ type, value, role }: AlertObservable): Finding["entities"][number] {
  const [entityType, usual] = entityTypes[type];
  if (role === "mentioned") return { type: entityType, value, role };
  // Who received a mail is whom it was aimed at.
  if (type === "mailbox" && role === "recipient") return { type: entityType, value, role: "target" };
  return { type: entityType, value, role: type === "address" && role === "destination" ? role : usual };
}

/** Too many uncommon peers to single one out: one finding that lists them, and no suspicion of each. */
export function manyPeersFinding(
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

export function peerFinding(
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
    ? ` ${formatDuration(dated[0]!.ms! - alert.time.ms)} ${dated[0]!.ms! < alert.time.ms ? "before" : "after"} the alert`
    : "";
  return `${other} also met ${peer}, first at ${isoOf(dated[0]!.ms)}${gap} (${refs}): in scope until shown otherwise.`;
}
