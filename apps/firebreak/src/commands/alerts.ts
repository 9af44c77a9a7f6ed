import { alertOfFinding } from "@firebreak/engine/alerts/from-finding";
import { readAlerts } from "@firebreak/engine/alerts/read";
import { InputError, readInput, readSettings } from "@firebreak/engine/case/inputs";
import { readPicture, requireCase } from "@firebreak/engine/case/show";
import {
  addAlerts,
  closeAlert,
  containAlert,
  find,
  groupAlerts,
  groupAlike,
  takeAlert,
  ungroupAlerts,
} from "@firebreak/engine/desk/actions";
import { type DeskAlert, readQueue } from "@firebreak/engine/desk/queue";
import { alertOf } from "@firebreak/engine/triage/triage";
import { countOf } from "@firebreak/model/collections";
import { severityRank } from "@firebreak/model/severity";
import { inert, print, say } from "../terminal/output.ts";
import { actorOf } from "./actor.ts";

interface DeskOptions {
  case: string;
  by?: string;
  json?: boolean;
}

/** Adds alerts from files and, with --findings, from the case's own findings. */
export function runAlertsAdd(
  files: string[],
  options: DeskOptions & { findings?: boolean; timezone?: string },
): void {
  const { zone } = readSettings(options.timezone === undefined ? {} : { timezone: options.timezone });
  const alerts = files.flatMap((file) => {
    const found = readAlerts(readInput("alerts add", file), file, zone ? { zone } : {});
    if (found.length === 0)
      throw new InputError(`${file}: no alert found; give JSON, CSV, YAML or lines "Name: value"`);
    return found;
  });
  if (options.findings) {
    const picture = readPicture(options.case);
    alerts.push(
      ...picture.findings
        .filter(({ kind, severity }) => kind !== "alert" && severityRank(severity) >= severityRank("medium"))
        .map(alertOfFinding),
    );
  }
  if (alerts.length === 0)
    throw new InputError("nothing to add: name a file, or --findings of an investigated case");
  const added = addAlerts(options.case, actorOf(options), alerts);
  const fresh = added.filter(({ isNew }) => isNew).length;
  for (const { id, alert, isNew } of added)
    print(`${id}  ${isNew ? "added" : "known"}  ${alert.severity.padEnd(13)} ${inert(alert.title)}\n`);
  say(`${countOf(fresh, "alert")} added, ${added.length - fresh} known already.`);
}

export function runAlertsList(options: DeskOptions & { all?: boolean }): void {
  requireCase(options.case);
  const queue = readQueue(options.case).filter(({ status }) => options.all || status !== "closed");
  if (options.json) {
    print(`${JSON.stringify(queue.map(listed), null, 2)}\n`);
    return;
  }
  const ordered = [...queue].sort(
    (a, b) =>
      severityRank(b.alert.severity) - severityRank(a.alert.severity) || a.addedAt.localeCompare(b.addedAt),
  );
  const now = Date.now();
  for (const one of ordered) print(`${line(one, now)}\n`);
  say(`${countOf(queue.length, "alert")}${options.all ? "" : " not closed"}.`);
}

function line(one: DeskAlert, nowMs: number): string {
  const { id, alert, status, owner, group, seen, dueAt } = one;
  const isLate = dueAt !== null && status !== "closed" && Date.parse(dueAt) < nowMs;
  const parts = [
    id,
    alert.severity.padEnd(13),
    status.padEnd(6),
    alert.deviceAction.padEnd(11),
    alert.time?.iso ?? "no usable time",
    inert(alert.title),
    ...(owner === null ? [] : [`owner ${inert(owner)}`]),
    ...(group === null ? [] : [`group ${inert(group)}`]),
    ...(seen > 1 ? [`seen ${seen} times`] : []),
    ...(isLate ? [`late since ${dueAt}`] : dueAt !== null && status !== "closed" ? [`due ${dueAt}`] : []),
  ];
  return parts.join("  ");
}

function listed(one: DeskAlert) {
  const { takenAt, containedAt, closedAt, addedAt, group, seen, verdict } = one;
  return { ...alertOf(one), group, seen, addedAt, takenAt, containedAt, closedAt, verdict };
}

export function runAlertsShow(id: string, options: DeskOptions): void {
  const one = find(options.case, id);
  if (options.json) {
    print(`${JSON.stringify({ ...listed(one), answers: Object.fromEntries(one.answers) }, null, 2)}\n`);
    return;
  }
  print(`${line(one, Date.now())}\n`);
  for (const statement of alertOf(one).statements) print(`  ${inert(statement)}\n`);
  for (const { type, value, role, field } of one.alert.observables)
    print(`  ${role} ${type} ${inert(value)} (${inert(field)})\n`);
  for (const [kind, answers] of one.answers)
    for (const { at, actor, answer, reason } of answers)
      print(`  ${at} ${inert(actor)}: ${kind}: ${answer}${reason === null ? "" : ` (${inert(reason)})`}\n`);
  if (one.verdict)
    print(
      `  ${one.closedAt} ${inert(one.verdict.actor)}: closed as ${one.verdict.value}: ${inert(one.verdict.reason)}\n`,
    );
}

export function runAlertsTake(id: string, options: DeskOptions): void {
  const actor = actorOf(options);
  const one = takeAlert(options.case, actor, id, actor.name);
  say(`${one.id} is taken by ${one.owner}.`);
}

export function runAlertsContained(id: string, options: DeskOptions & { reason: string }): void {
  const one = containAlert(options.case, actorOf(options), id, options.reason);
  say(`${one.id}: contained at ${one.containedAt}.`);
}

export function runAlertsGroup(ids: string[], options: DeskOptions & { name?: string }): void {
  const actor = actorOf(options);
  if (ids.length > 0) {
    const group = groupAlerts(options.case, actor, ids, options.name);
    say(
      `${countOf(ids.length, "alert")} in ${group}; undo with: firebreak alerts ungroup ${group} --case ${options.case}`,
    );
    return;
  }
  const groups = groupAlike(options.case, actor);
  for (const { group, alerts } of groups) print(`${group}  ${alerts.join(" ")}\n`);
  say(`${countOf(groups.length, "group")} of alerts of one rule about one thing within an hour.`);
}

export function runAlertsUngroup(group: string, options: DeskOptions): void {
  const alerts = ungroupAlerts(options.case, actorOf(options), group);
  say(`${countOf(alerts.length, "alert")} of ${group} stand alone again.`);
}

export function runAlertsClose(id: string, options: DeskOptions & { verdict: string; reason: string }): void {
  const one = closeAlert(options.case, actorOf(options), id, options.verdict, options.reason);
  say(`${one.id} is closed as ${one.verdict?.value}.`);
}
