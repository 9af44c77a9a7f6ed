import { countOf } from "@firebreak/model/collections";
import type { Finding, Picture } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { Timeline } from "./timeline.ts";

/**
 * The first lines of every report: how much was read, the most serious findings, who is affected, and what limits all of it.
 *
 * @param findings the most serious first
 */
export function summarise(
  findings: readonly Finding[],
  entities: Picture["entities"],
  counts: Picture["counts"],
  notes: readonly string[],
): string[] {
  const serious = findings.filter(({ severity }) => severityRank(severity) >= severityRank("medium"));
  const named = (state: string) =>
    entities.filter(
      (entity) => entity.state === state && ["host", "account", "address"].includes(entity.type),
    );
  const list = (state: string) =>
    named(state)
      .slice(0, 12)
      .map(({ value }) => value)
      .join(", ") || "none";
  const lines = [
    `${countOf(counts.records, "record")} in ${countOf(counts.files, "file")} were read; ${countOf(serious.length, "finding")} of medium severity or more.`,
    ...serious
      .slice(0, 5)
      .map(({ severity, confidence, title }) => `${severity} (confidence ${confidence}): ${title}`),
    `Confirmed: ${list("confirmed")}. Suspected: ${list("suspected")}.`,
  ];
  if (serious.length === 0)
    lines.push(
      "Nothing of medium severity or more was found in what was read. That is a statement about these records, not about the organisation.",
    );
  return [...lines, ...notes];
}

export function copiesNote(copies: number): string[] {
  if (copies === 0) return [];
  const stand = countOf(copies, "record that a rule matched stands", "records that rules matched stand");
  return [
    `${stand} in another file as well (a rotated or forwarded copy); series and chains count each happening once.`,
  ];
}

export function timelineNote({ rows, omitted }: Timeline): string[] {
  if (omitted === 0) return [];
  return [`The timeline shows ${rows.length} rows; ${omitted} more cited events are in the findings.`];
}
