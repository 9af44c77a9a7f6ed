import { countOf } from "@firebreak/model/collections";
import { formatDuration } from "@firebreak/model/duration";
import type { Alert, AlertObservable, DeviceAction } from "../../alerts/alert.ts";
import { isoOf, refOf } from "../rows.ts";
import type { Scene } from "../scene.ts";
import type { Found } from "./records.ts";

/** Records older than this before the alert are context, not evidence of it. */
export const contextMs = 30 * 86_400_000;

/** What each device action means, and what it does not. */
export const actionMeanings: Record<DeviceAction, string> = {
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

export function alertStatements(alert: Alert): string[] {
  const lines = [`Alert "${alert.title}" (${alert.source}).`];
  if (alert.time)
    lines.push(
      `Its time is ${alert.time.iso}, recorded as "${alert.time.original}" in ${alert.time.zone} (${alert.time.zoneSource}).`,
    );
  else lines.push("The alert carries no usable time: nothing can be put before or after it.");
  return [...lines, actionMeanings[alert.deviceAction]];
}

/** Where no source has a record from before and one from after the alert, its absence from the evidence says nothing. */
export function outsideCoverage(scene: Pick<Scene, "receipts">, alert: Alert): string | undefined {
  const { time } = alert;
  if (!time) return undefined;
  const spans = scene.receipts.flatMap(({ path, first, last }) =>
    first && last ? [{ path, first: Date.parse(first), last: Date.parse(last) }] : [],
  );
  if (spans.length === 0 || spans.some(({ first, last }) => first <= time.ms && time.ms <= last))
    return undefined;
  const before = spans.filter(({ last }) => last < time.ms).sort((a, b) => b.last - a.last)[0];
  const after = spans.filter(({ first }) => first > time.ms).sort((a, b) => a.first - b.first)[0];
  const parts = [
    before &&
      `the last record before it is ${formatDuration(time.ms - before.last)} older (${before.path}, ${isoOf(before.last)})`,
    after &&
      `the first after it ${formatDuration(after.first - time.ms)} younger (${after.path}, ${isoOf(after.first)})`,
  ].filter((part) => part !== undefined);
  return `No source of the evidence covers the alert's time: ${parts.join("; ")}. That nothing of it is found proves nothing.`;
}

export function observableStatement(
  scene: Scene,
  observable: AlertObservable,
  found: Found,
  alert: Alert,
): string {
  const name = `${observable.type} ${observable.value}`;
  if (found.count === 0)
    return `No record in the evidence names ${name} (${countOf(scene.receipts.length, "source")} searched; see coverage for what they hold).`;
  const dated = found.rows.filter((row) => row.ms !== null);
  const undated = found.rows.length - dated.length;
  const span = dated.length > 0 ? ` from ${isoOf(dated[0]!.ms)} to ${isoOf(dated.at(-1)!.ms)}` : "";
  const early = alert.time ? dated.filter((row) => row.ms! < alert.time!.ms - contextMs) : [];
  const context =
    early.length > 0
      ? ` ${countOf(early.length, "record")} predate the alert by ${formatDuration(alert.time!.ms - early.at(-1)!.ms!)} or more: context, not evidence of it.`
      : "";
  const without = undated > 0 ? ` ${countOf(undated, "record")} without a usable time.` : "";
  return `${name}: ${countOf(found.count, "record")}${span} (${found.rows.slice(0, 3).map(refOf).join(", ")}${found.count > 3 ? ", …" : ""}).${context}${without}`;
}
