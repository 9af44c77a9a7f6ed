import { columnField, type EventSource, jsonField, type SqlField, sqlLiteral } from "@firebreak/sigma";
import { hotColumns } from "../store/columns.ts";
import { type FacetRow, facetRows, sourceOfRow } from "./facets.ts";

/** The view that queries of rules read: the events with their log source. */
export const sourcedView = "sourced_events";

/** One kind of log source that events of the store can have. */
export interface SourceClass {
  /** Value of the view's column `facet`. */
  readonly facet: string;
  readonly source: EventSource;
}

const hotOf = new Map(hotColumns.map((hot) => [hot.field, hot]));

/** Values of one flat key of the event, as VARCHAR[], NULL when the event has none. */
export function keySql(key: string): string {
  const hot = hotOf.get(key);
  const name = JSON.stringify(key);
  const json = jsonField("rest", [key]).sql;
  // A search for the name costs a fraction of reading the JSON, and most events have few of the keys that rules ask for.
  if (hot === undefined) return `CASE WHEN contains(rest, ${sqlLiteral(`${name}:`)}) THEN ${json} END`;
  const column = `"${hot.column}"`;
  const own = `CASE WHEN ${column} IS NOT NULL THEN [${columnField(column).sql}] END`;
  // Of several values the column holds one text; each by itself stands in `rest`.
  return `coalesce(CASE WHEN contains(rest, ${sqlLiteral(`${name}:[`)}) THEN ${json} END, ${own})`;
}

/** The first of these keys that the event has. */
export function keysSql(keys: readonly string[], before: readonly string[] = []): SqlField {
  const lists = [...before, ...keys.map(keySql)];
  return { kind: "list", sql: lists.length === 1 ? lists[0]! : `coalesce(${lists.join(", ")})` };
}

/** Distinct sources of content/mappings/datasets.yml, and the unknown one. */
export function sourceClasses(): SourceClass[] {
  const classes = new Map<string, SourceClass>();
  for (const row of [...facetRows(), {}]) {
    const facet = facetOf(row);
    if (!classes.has(facet)) classes.set(facet, { facet, source: sourceOfRow(row) });
  }
  return [...classes.values()];
}

function facetOf({ product = "", service = "", categories = [] }: Omit<FacetRow, "dataset">): string {
  return `${product}|${service}|${categories.join("+")}`;
}

/** Statement that makes the view. @param channelOfProvider channel of events that name none, by lower-case provider */
export function viewSql(channelOfProvider: Readonly<Record<string, string>>): string {
  const arms = facetRows().map((row) => `    WHEN ${rowSql(row)} THEN ${sqlLiteral(facetOf(row))}`);
  const windows = sourceClasses()
    .filter(({ source }) => source.product === undefined || source.product === "windows")
    .map(({ facet }) => sqlLiteral(facet));
  const providers = Object.entries(channelOfProvider).map(
    ([provider, channel]) => `      WHEN ${sqlLiteral(provider)} THEN ${sqlLiteral(channel)}`,
  );
  const isWindows = `facet IN (${windows.join(", ")})`;
  return `CREATE OR REPLACE TEMP VIEW ${sourcedView} AS
SELECT *,
  coalesce(channel, CASE WHEN ${isWindows} THEN
    CASE lower(${keySql("winlog.provider_name")}[1])
${providers.join("\n")}
    END END) AS sigma_channel,
  CASE WHEN channel IS NOT NULL OR ${isWindows} THEN TRY_CAST(${keySql("winlog.event_id")}[1] AS BIGINT) END AS sigma_event_id
FROM (SELECT *, rowid AS row_number, CASE
${arms.join("\n")}
    ELSE ${sqlLiteral(facetOf({}))}
  END AS facet FROM events)`;
}

/**
 * Statements that work the sources out once and put a view of the same name over the result: planning the view above
 * takes longer than most queries of one rule.
 */
export function storedViewSql(): string[] {
  return [
    `CREATE OR REPLACE TEMP TABLE event_sources AS
SELECT row_number, facet, sigma_channel, sigma_event_id FROM ${sourcedView}`,
    `CREATE OR REPLACE TEMP VIEW ${sourcedView} AS
SELECT e.*, s.facet, s.sigma_channel, s.sigma_event_id FROM events e JOIN event_sources s ON e.rowid = s.row_number`,
  ];
}

function rowSql({ dataset, when }: FacetRow): string {
  const names = [dataset].flat();
  const plain = names.filter((name) => !name.includes("*")).map(sqlLiteral);
  const globs = names.filter((name) => name.includes("*"));
  const parts = globs.map((glob) => `dataset LIKE ${sqlLiteral(likeOf(glob))} ESCAPE '\\'`);
  if (plain.length > 0) parts.unshift(`dataset IN (${plain.join(", ")})`);
  const conditions = Object.entries(when ?? {}).map(([field, value]) => {
    const wanted = [value].flat().map((item) => sqlLiteral(String(item).toLowerCase()));
    return `coalesce(len(list_filter(${keySql(field)}, lambda v: lower(v) IN (${wanted.join(", ")}))) > 0, false)`;
  });
  return [`(${parts.join(" OR ")})`, ...conditions].join(" AND ");
}

function likeOf(glob: string): string {
  return glob.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}
