import { getOrMake } from "@firebreak/model/collections";
import { dayOf } from "../loose.ts";
import type { Reading } from "../reading.ts";
import type { Statement } from "./card-of.ts";

const staleDays = 90;

/** The newest statement of each source and question: the one that counts. Older ones are shown beside it. */
export function newestOfEach(statements: readonly Statement[]): Statement[] {
  const newest = new Map<string, Statement>();
  for (const one of statements) {
    const key = seriesOf(one);
    const before = newest.get(key);
    if (before === undefined || contentDate(one) > contentDate(before)) newest.set(key, one);
  }
  return [...newest.values()];
}

/** Verdicts drift: two answers of different dates are both told, and an old one says that it is old. */
export function driftNotes(statements: readonly Statement[], asOf: string): string[] {
  const series = new Map<string, Statement[]>();
  for (const one of statements) getOrMake(series, seriesOf(one), () => []).push(one);
  return [...series.values()].flatMap((list) => {
    const ordered = [...list].sort((a, b) => (contentDate(a) < contentDate(b) ? -1 : 1));
    return [...changeNote(ordered), ...ageNote(ordered.at(-1)!, asOf)];
  });
}

/** Lists and sandboxes state many independent things about one observable; only whole reports make a series. */
function seriesOf({ answer, reading }: Statement): string {
  const isReport = answer.part === "report" && !reading.isCapability;
  return isReport ? `${answer.provider} report` : `${answer.provider} ${answer.part} ${answer.evidence}`;
}

function contentDate({ reading, date }: Statement): string {
  return reading.contentAt ?? date;
}

function changeNote(ordered: readonly Statement[]): string[] {
  const points = ordered.map((one) => `${sayOf(one.reading)} on ${dayOf(contentDate(one))}`);
  if (new Set(points).size < 2) return [];
  return [
    `The answer of ${ordered[0]!.answer.title} changed: ${points.join(", ")}. Each verdict holds for its date; the newest is weighed.`,
  ];
}

function sayOf({ detections, opinion }: Reading): string {
  return detections === undefined ? opinion : `${detections.positive} of ${detections.total}`;
}

function ageNote({ answer, date }: Statement, asOf: string): string[] {
  const days = Math.floor((Date.parse(asOf) - Date.parse(date)) / 86_400_000);
  if (days < staleDays) return [];
  return [
    `The newest answer of ${answer.title} is ${days} days old (${dayOf(date)}): ask again before relying on it.`,
  ];
}
