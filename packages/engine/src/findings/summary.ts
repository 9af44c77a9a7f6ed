import { countOf } from "@firebreak/model/collections";
import type { EntityState, EntityType, Finding, Picture } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { Timeline } from "./timeline.ts";

/** Serious findings that the summary names, and values of one type; how many more there are is said. */
const namedFindings = 5;
const namedEntities = 12;

const told: readonly (readonly [EntityType, string])[] = [
  ["host", "hosts"],
  ["account", "accounts"],
  ["address", "addresses"],
];

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
  const first = serious.length > namedFindings ? `, the first ${namedFindings} of which follow` : "";
  const lines = [
    `${countOf(counts.records, "record")} in ${countOf(counts.files, "file")} were read; ${countOf(serious.length, "finding")} of medium severity or more${first}.`,
    ...serious.slice(0, namedFindings).map(findingLine),
    `Confirmed: ${affected(entities, "confirmed")}. Suspected: ${affected(entities, "suspected")}.`,
  ];
  if (serious.length === 0)
    lines.push(
      "Nothing of medium severity or more was found in what was read. That is a statement about these records, not about the organisation.",
    );
  return [...lines, ...notes];
}

function findingLine({ severity, confidence, title, start }: Finding): string {
  const since = start === null ? "without a usable time" : `from ${start.slice(0, 19).replace("T", " ")} UTC`;
  return `${severity} (confidence ${confidence}): ${title}; ${since}`;
}

/** Who is in this state, by type: an account and a host may share a name. */
function affected(entities: Picture["entities"], state: EntityState): string {
  const groups = told.flatMap(([type, plural]) => {
    const values = entities
      .filter((entity) => entity.state === state && entity.type === type)
      .map(({ value }) => value);
    if (values.length === 0) return [];
    const more = values.length > namedEntities ? ` and ${values.length - namedEntities} more` : "";
    return [`${values.length === 1 ? type : plural} ${values.slice(0, namedEntities).join(", ")}${more}`];
  });
  return groups.join("; ") || "none";
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
