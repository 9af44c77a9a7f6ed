import { type EventRow, eventOrder, eventRowColumns } from "../../findings/rows.ts";
import type { TriageContext } from "../context.ts";
import type { Subject } from "../subject.ts";

/** Milliseconds before (negative) and after the alert. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** SQL: the event `e` lies in the span, by the clocks that were brought together as `AlertClock.gapOf` does. */
export function inSpan({ clock, scene }: Pick<TriageContext, "clock" | "scene">, span: Span): string {
  if (clock.alertMs === undefined) return "false";
  const shifts = scene.receipts
    .map(({ id }) => [id, clock.offsetOf(id)] as const)
    .filter(([, offset]) => offset !== 0)
    .map(([id, offset]) => `WHEN ${quoted(id)} THEN ${Math.round(offset)}`);
  const ms = shifts.length === 0 ? "e.ms" : `(e.ms - CASE e.evidence ${shifts.join(" ")} ELSE 0 END)`;
  return `${ms} BETWEEN ${Math.floor(clock.alertMs + span.fromMs)} AND ${Math.ceil(clock.alertMs + span.toMs)}`;
}

/** SQL: what `labelOf` makes of the host of `e`. */
export const hostLabel = `CASE WHEN regexp_full_match(e.host, '[0-9.]+') OR contains(e.host, ':') THEN lower(e.host) ELSE lower(split_part(e.host, '.', 1)) END`;

/** SQL: what `Subject.isOwn` says of the event `e`. */
export function isOwnEvent({ hosts, addresses }: Pick<Subject, "hosts" | "addresses">): string {
  return `coalesce((e.host IS DISTINCT FROM e.observer AND ${hostLabel} IN (${listed(hosts)}))
    OR e.source_ip IN (${listed(addresses)}) OR e.destination_ip IN (${listed(addresses)}), false)`;
}

/** SQL: the values as a list; one that no event has where there are none. */
export function listed(values: Iterable<string>): string {
  return [...values].map(quoted).join(",") || "NULL";
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Every event of the condition in order of time, one by one: there is no bound that an answer would have to tell of. */
export function allRows(
  { scene }: Pick<TriageContext, "scene">,
  condition: string,
  values: Record<string, string> = {},
): AsyncGenerator<EventRow> {
  return scene.store.stream<EventRow>(
    `SELECT ${eventRowColumns} FROM events e WHERE ${condition} ORDER BY ${eventOrder}`,
    values,
  );
}
