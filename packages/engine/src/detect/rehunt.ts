import type { Fields, FieldValue } from "@firebreak/model/event";
import { eventRef } from "@firebreak/model/event";
import {
  type CorrelationMatch,
  compileMatcher,
  createCorrelator,
  knownSource,
  type Matcher,
  type RuleSet,
} from "@firebreak/sigma";
import {
  correlationDetection,
  type HuntDetection,
  type Instant,
  ruleColumns,
  timestampOf,
} from "../hunt/detection.ts";
import { hotColumns } from "../store/columns.ts";
import type { Row } from "../store/read-rows.ts";
import type { EventStore } from "../store/store.ts";
import { asksFor, createConverter, prelude, type RuleQuery } from "./convert.ts";
import { loadFacets } from "./facets.ts";
import { FieldsEvent } from "./fields-event.ts";
import { sourceClasses, sourcedView, storedViewSql } from "./sql-source.ts";
import { taxonomy } from "./taxonomy.ts";

export interface RehuntOptions {
  readonly store: EventStore;
  readonly ruleSet: RuleSet;
  /** Path of an evidence item by its id (12 hex digits). */
  pathOf(evidenceId: string): string | undefined;
  write(detection: HuntDetection): void;
}

export interface RehuntSummary {
  readonly detections: number;
  /** Rules that some event of the store could have been for. */
  readonly asked: number;
  /** Titles of asked rules that search text which the store does not hold: only a hunt over the evidence judges them. */
  readonly incomplete: readonly string[];
  /** Titles of rules whose query DuckDB refused: their events were all matched instead. */
  readonly withoutQuery: readonly string[];
}

interface MatchedRow {
  readonly rule: number;
  readonly evidence: string;
  readonly offset: number;
  readonly sub: number | undefined;
  readonly time: Instant | undefined;
  readonly detection: HuntDetection;
  readonly groups: Readonly<Record<string, FieldValue>>;
}

/** Runs rules over the events of a case by SQL; every row found is matched again, which also tells what matched. */
export async function rehunt(options: RehuntOptions): Promise<RehuntSummary> {
  const { store, ruleSet, write } = options;
  for (const statement of [prelude(), ...storedViewSql()]) await store.run(statement);
  const convert = createConverter();
  const sources = await storedSources(store);
  const correlator = createCorrelator(ruleSet.correlations, ruleSet.rules);
  const matched: MatchedRow[] = [];
  const incomplete: string[] = [];
  const withoutQuery: string[] = [];
  let asked = 0;
  for (const [number, rule] of ruleSet.rules.entries()) {
    if (!sources.some((source) => asksFor(rule, source))) continue;
    asked++;
    const query = convert(rule);
    if (!query.isComplete) incomplete.push(rule.title);
    const matcher = compileMatcher({ rules: [rule] }, taxonomy);
    const wanted = correlator.wants(rule.id) ? correlator.fields(rule.id) : [];
    const look = (row: Row) => {
      const match = matchRow(row, matcher, number, wanted, options.pathOf);
      if (match !== undefined) matched.push(match);
    };
    if (!(await runQuery(store, query, look))) withoutQuery.push(rule.title);
  }
  matched.sort(inPlaceOrder);
  let detections = 0;
  const show = (detection: HuntDetection) => {
    detections++;
    write(detection);
  };
  const correlated = (matches: readonly CorrelationMatch[]) => {
    for (const match of matches) show(correlationDetection(match));
  };
  for (const { rule, time, detection, groups } of matched) {
    const { id } = ruleSet.rules[rule]!;
    if (!correlator.silenced.has(id)) show(detection);
    if (correlator.wants(id)) {
      correlated(correlator.push({ ruleId: id, ref: detection.Event!, time, get: (field) => groups[field] }));
    }
  }
  correlated(correlator.flush());
  return { detections, asked, incomplete, withoutQuery };
}

/** False when DuckDB refuses the query (a regular expression beyond its limits): all events of the source are read. */
async function runQuery(store: EventStore, query: RuleQuery, each: (row: Row) => void): Promise<boolean> {
  const read = async (where: string) => {
    const rows: Row[] = [];
    for await (const row of store.stream(`SELECT * FROM ${sourcedView} WHERE ${where}`)) rows.push(row);
    return rows;
  };
  try {
    (await read(query.where)).forEach(each);
    return true;
  } catch {
    for await (const row of store.stream(`SELECT * FROM ${sourcedView} WHERE ${query.sourceWhere}`))
      each(row);
    return false;
  }
}

async function storedSources(store: EventStore) {
  const classes = new Map(sourceClasses().map(({ facet, source }) => [facet, source]));
  const rows = await store.query<{
    facet: string;
    sigma_channel: string | null;
    sigma_event_id: number | null;
  }>(`SELECT DISTINCT facet, sigma_channel, sigma_event_id FROM ${sourcedView} ORDER BY ALL`);
  return rows.map(({ facet, sigma_channel: channel, sigma_event_id: eventId }) =>
    knownSource({
      ...classes.get(facet),
      ...(channel !== null && { channel }),
      ...(eventId !== null && { eventId }),
    }),
  );
}

/** A row's event as flat fields again, as far as the store holds it. */
export function fieldsOfRow(row: Row): Fields {
  const fields: Fields = {};
  for (const { column, field } of hotColumns) {
    const value = row[column];
    if (value !== null && value !== undefined) fields[field] = value as FieldValue;
  }
  // Keys come out of evidence; JSON.parse makes own properties of any of them, and so must this.
  for (const [key, value] of Object.entries(JSON.parse(String(row.rest)) as Fields)) {
    Object.defineProperty(fields, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return fields;
}

let facets: ReturnType<typeof loadFacets> | undefined;

function matchRow(
  row: Row,
  matcher: Matcher,
  rule: number,
  wanted: Iterable<string>,
  pathOf: RehuntOptions["pathOf"],
): MatchedRow | undefined {
  facets ??= loadFacets();
  const fields = fieldsOfRow(row);
  const source = facets({ dataset: String(row.dataset), fields });
  const [match] = matcher.match(new FieldsEvent().read(fields, source));
  if (match === undefined) return undefined;
  const evidence = String(row.evidence);
  const offset = Number(row.offset);
  const sub = row.sub === null ? undefined : Number(row.sub);
  const time = row.ms === null ? undefined : { ms: Number(row.ms), ns: Number(row.ns) };
  const groups: Record<string, FieldValue> = {};
  for (const field of wanted) {
    const value = match.get(field);
    if (value !== undefined) groups[field] = value;
  }
  const detection: HuntDetection = {
    ...ruleColumns(match.rule),
    Timestamp: timestampOf(time),
    Computer: fields["winlog.computer_name"] ?? fields["host.name"] ?? null,
    Channel: fields["winlog.channel"] ?? String(row.dataset),
    EventID: fields["winlog.event_id"] ?? fields["event.code"] ?? null,
    RecordID: fields["winlog.record_id"] ?? null,
    File: pathOf(evidence) ?? null,
    Offset: offset,
    Event: eventRef(evidence, { offset, sub }),
    Matched: match.matched,
  };
  return { rule, evidence, offset, sub, time, detection, groups };
}

function inPlaceOrder(a: MatchedRow, b: MatchedRow): number {
  const fileA = a.detection.File ?? a.evidence;
  const fileB = b.detection.File ?? b.evidence;
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  if (a.evidence !== b.evidence) return a.evidence < b.evidence ? -1 : 1;
  return a.offset - b.offset || (a.sub ?? -1) - (b.sub ?? -1) || a.rule - b.rule;
}
