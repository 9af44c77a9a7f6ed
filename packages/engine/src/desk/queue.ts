import { existsSync } from "node:fs";
import { join } from "node:path";
import { type LedgerEntry, readLedger } from "@firebreak/ledger";
import type { AlertStatus, Verdict } from "@firebreak/model/triage";
import type { Alert } from "../alerts/alert.ts";
import type { AnalystAnswer } from "../triage/run.ts";

/** An alert in the queue. Everything here is a projection of the case's ledger. */
export interface DeskAlert {
  readonly id: string;
  readonly alert: Alert;
  status: AlertStatus;
  owner: string | null;
  readonly addedAt: string;
  dueAt: string | null;
  /** How often the same alert was added. */
  seen: number;
  /** The group that it stands in. */
  group: string | null;
  takenAt: string | null;
  containedAt: string | null;
  closedAt: string | null;
  verdict: { value: Verdict; reason: string; actor: string } | null;
  /** By kind of question, oldest first: answers may be revised and keep their history. */
  answers: Map<string, AnalystAnswer[]>;
}

export const deskActions = {
  add: "alert.add",
  again: "alert.seen",
  take: "alert.take",
  group: "alert.group",
  ungroup: "alert.ungroup",
  contained: "alert.contained",
  close: "alert.close",
  answer: "triage.answer",
} as const;

/** The queue as the case's ledger tells it, in the order in which alerts were added. */
export function readQueue(dir: string): DeskAlert[] {
  if (!existsSync(join(dir, "ledger.jsonl"))) return [];
  return projectQueue(readLedger(dir).entries);
}

export function projectQueue(entries: readonly LedgerEntry[]): DeskAlert[] {
  const queue = new Map<string, DeskAlert>();
  for (const entry of entries) apply(queue, entry);
  return [...queue.values()];
}

function apply(queue: Map<string, DeskAlert>, { action, at, actor, data }: LedgerEntry): void {
  const values = data as Record<string, unknown>;
  if (action === deskActions.add) {
    const { id, alert, dueAt } = values as { id: string; alert: Alert; dueAt: string | null };
    if (!queue.has(id)) queue.set(id, fresh(id, alert, at, dueAt));
    return;
  }
  if (action === deskActions.group || action === deskActions.ungroup) {
    const { group, alerts } = values as { group: string; alerts: string[] };
    for (const id of alerts) {
      const one = queue.get(id);
      if (one) one.group = action === deskActions.group ? group : null;
    }
    return;
  }
  const one = queue.get(String(values?.id));
  if (one) change(one, action, at, actor, values);
}

function change(
  one: DeskAlert,
  action: string,
  at: string,
  actor: string,
  values: Record<string, unknown>,
): void {
  if (action === deskActions.again) one.seen++;
  else if (action === deskActions.take) {
    one.owner = String(values.owner);
    one.status = "taken";
    one.takenAt ??= at;
    one.closedAt = null;
  } else if (action === deskActions.contained) one.containedAt ??= at;
  else if (action === deskActions.close) {
    one.status = "closed";
    one.closedAt = at;
    one.verdict = { value: values.verdict as Verdict, reason: String(values.reason), actor };
  } else if (action === deskActions.answer) {
    const { kind, answer, citations, reason } = values as {
      kind: string;
      answer: string;
      citations: string[];
      reason: string | null;
    };
    one.answers.set(kind, [...(one.answers.get(kind) ?? []), { answer, at, actor, citations, reason }]);
  }
}

function fresh(id: string, alert: Alert, addedAt: string, dueAt: string | null): DeskAlert {
  return {
    id,
    alert,
    status: "open",
    owner: null,
    addedAt,
    dueAt,
    seen: 1,
    group: null,
    takenAt: null,
    containedAt: null,
    closedAt: null,
    verdict: null,
    answers: new Map(),
  };
}
