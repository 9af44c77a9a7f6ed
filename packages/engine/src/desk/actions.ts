import type { JsonValue } from "@firebreak/ledger";
import { type Verdict, verdicts } from "@firebreak/model/triage";
import type { Alert, AlertSeverity } from "../alerts/alert.ts";
import { alertId } from "../alerts/read.ts";
import { groupsIn } from "./grouping.ts";
import { type DeskAlert, deskActions, readQueue } from "./queue.ts";
import { type Actor, recordDesk } from "./record.ts";

/** What was asked of the desk cannot be done; the message says what would. */
export class DeskError extends Error {
  readonly code = "desk";
}

const hourMs = 3_600_000;
/** Time from adding to closing, by severity: the due clock's default. */
const dueMs: Record<AlertSeverity, number | undefined> = {
  critical: hourMs,
  high: 4 * hourMs,
  medium: 24 * hourMs,
  low: 72 * hourMs,
  informational: undefined,
};

export interface Added {
  id: string;
  alert: Alert;
  isNew: boolean;
}

/** Puts alerts into the queue. One that is there already is counted, not added again. */
export function addAlerts(dir: string, actor: Actor, alerts: readonly Alert[]): Added[] {
  const known = new Set(readQueue(dir).map(({ id }) => id));
  const added: Added[] = [];
  const entries: { action: string; data: JsonValue }[] = [];
  for (const alert of alerts) {
    const id = alertId(alert);
    const isNew = !known.has(id);
    known.add(id);
    added.push({ id, alert, isNew });
    if (!isNew) {
      entries.push({ action: deskActions.again, data: { id, source: alert.source } });
      continue;
    }
    const due = dueMs[alert.severity];
    const dueAt = due === undefined ? null : new Date(Date.parse(actor.now()) + due).toISOString();
    entries.push({ action: deskActions.add, data: { id, alert: wellFormed(alert), dueAt } });
  }
  recordDesk(dir, actor, entries);
  return added;
}

/** An alert as JSON that the ledger takes: hostile text may hold half of a surrogate pair. */
function wellFormed(alert: Alert): JsonValue {
  return JSON.parse(JSON.stringify(alert), (_, value: unknown) =>
    typeof value === "string" ? value.toWellFormed() : value,
  ) as JsonValue;
}

export function takeAlert(dir: string, actor: Actor, id: string, owner: string): DeskAlert {
  const one = find(dir, id);
  recordDesk(dir, actor, [{ action: deskActions.take, data: { id: one.id, owner } }]);
  return find(dir, one.id);
}

export function containAlert(dir: string, actor: Actor, id: string, reason: string): DeskAlert {
  const one = find(dir, id);
  recordDesk(dir, actor, [{ action: deskActions.contained, data: { id: one.id, reason } }]);
  return find(dir, one.id);
}

/** Closes an alert with a verdict and its reason; both are asked for, for a later reader has nothing else. */
export function closeAlert(
  dir: string,
  actor: Actor,
  id: string,
  verdict: string,
  reason: string,
): DeskAlert {
  const one = find(dir, id);
  if (!(verdicts as readonly string[]).includes(verdict))
    throw new DeskError(`--verdict ${verdict}: one of ${verdicts.join(", ")}`);
  if (reason.trim() === "") throw new DeskError("--reason: say why in a sentence");
  recordDesk(dir, actor, [
    { action: deskActions.close, data: { id: one.id, verdict: verdict as Verdict, reason } },
  ]);
  return find(dir, one.id);
}

/** Puts alerts into one group. Nothing is merged: each keeps its fields, and `ungroup` undoes it. */
export function groupAlerts(dir: string, actor: Actor, ids: readonly string[], name?: string): string {
  if (ids.length < 2) throw new DeskError("a group needs two alerts or more");
  const alerts = ids.map((id) => find(dir, id).id);
  const group = name ?? `G-${alerts[0]!.slice(2)}`;
  recordDesk(dir, actor, [{ action: deskActions.group, data: { group, alerts } }]);
  return group;
}

/** Groups open alerts of one rule about one thing within an hour; alerts that stand in a group already stay there. */
export function groupAlike(dir: string, actor: Actor): { group: string; alerts: string[] }[] {
  const groups = groupsIn(readQueue(dir));
  recordDesk(
    dir,
    actor,
    groups.map(({ group, alerts }) => ({ action: deskActions.group, data: { group, alerts } })),
  );
  return groups;
}

export function ungroupAlerts(dir: string, actor: Actor, group: string): string[] {
  const alerts = readQueue(dir)
    .filter((one) => one.group === group)
    .map(({ id }) => id);
  if (alerts.length === 0) throw new DeskError(`${group}: no such group; 'firebreak alerts list' shows them`);
  recordDesk(dir, actor, [{ action: deskActions.ungroup, data: { group, alerts } }]);
  return alerts;
}

/** The alert with this id, or with an id that begins so. */
export function find(dir: string, id: string): DeskAlert {
  const queue = readQueue(dir);
  const fitting = queue.filter((one) => one.id === id || (id.length >= 4 && one.id.startsWith(id)));
  if (fitting.length === 1) return fitting[0]!;
  throw new DeskError(
    fitting.length > 1
      ? `${id}: ${fitting.length} alerts begin so; give more of the id`
      : `${id}: no such alert in the case; 'firebreak alerts list --case ${dir}' shows them`,
  );
}
