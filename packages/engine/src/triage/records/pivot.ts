import { countOf } from "@firebreak/model/collections";
import type { AlertObservable } from "../../alerts/alert.ts";
import { recordsOf } from "../../findings/alert/records.ts";
import { type EventRow, refOf, restOf, rowsWhere } from "../../findings/rows.ts";
import type { TriageScene } from "../context.ts";
import { type BoundedRead, cutOf } from "./reads.ts";

/** All records that name one observable, in whichever direction. */
export interface Pivot extends BoundedRead {
  readonly observable: AlertObservable;
  /** Exact, also where the rows were cut. */
  readonly count: number;
  /** Latest dated record, also where the rows were cut. */
  readonly lastMs: number | null;
}

/** Looks for every observable over all sources and all time; a private alert's own text is no record. */
export async function pivotAll(
  scene: TriageScene,
  observables: readonly AlertObservable[],
  maxRows?: number,
): Promise<Pivot[]> {
  const pivots: Pivot[] = [];
  for (const observable of observables) {
    const { rows, count, lastMs } = await recordsOf(scene, observable, maxRows);
    const seen = rows.filter((row) => row.kind !== "enrichment");
    const trail = observable.role === "sender" ? await mailTrail(scene, seen) : noTrail;
    pivots.push({
      observable,
      rows: [...seen, ...trail.rows],
      count: count + trail.rows.length,
      lastMs,
      cuts: [...cutOf(nameOf(observable), rows.length, count), ...trail.cuts],
    });
  }
  return pivots;
}

/** Rows of several pivots, each event once, in order of time. */
export function rowsOf(pivots: readonly Pivot[]): EventRow[] {
  const byRef = new Map<string, EventRow>();
  for (const { rows } of pivots) for (const row of rows) byRef.set(refOf(row), row);
  return [...byRef.values()].sort(
    (a, b) => (a.ms ?? Number.MAX_SAFE_INTEGER) - (b.ms ?? Number.MAX_SAFE_INTEGER),
  );
}

export function nameOf({ type, value }: AlertObservable): string {
  return `${type} ${value}`;
}

export function countRecords(count: number): string {
  return countOf(count, "record");
}

/** Messages whose other records are read; more is a campaign that the first ones show. */
const maxMessages = 50;
const maxOfMessage = 200;
const noTrail: BoundedRead = { rows: [], cuts: [] };

/** Mail servers write one message in several records: those that share the queue's id say who got it. */
async function mailTrail(scene: TriageScene, rows: readonly EventRow[]): Promise<BoundedRead> {
  const ids = new Set<string>();
  for (const row of rows) {
    const rest = restOf(row);
    for (const name of ["firebreak.raw.queue_id", "email.local_id", "email.message_id"])
      if (typeof rest[name] === "string" && rest[name] !== "") ids.add(rest[name]);
  }
  const known = new Set(rows.map(refOf));
  const found: EventRow[] = [];
  const cuts: string[] = [];
  if (ids.size > maxMessages)
    cuts.push(
      `Of ${ids.size} messages of the sender the other records of the first ${maxMessages} were read.`,
    );
  for (const id of [...ids].slice(0, maxMessages)) {
    const more = await scene.store.query<EventRow>(
      rowsWhere("contains(e.rest, $q)", { limit: maxOfMessage + 1 }),
      { q: JSON.stringify(id) },
    );
    if (more.length > maxOfMessage)
      cuts.push(`Of the records of message ${id} the first ${maxOfMessage} were read.`);
    for (const row of more.slice(0, maxOfMessage)) {
      if (known.has(refOf(row))) continue;
      known.add(refOf(row));
      found.push(row);
    }
  }
  return { rows: found, cuts };
}
