import {
  alternativesOf,
  type Condition,
  columnField,
  fits,
  jsonAllValues,
  type KeyFinder,
  type KnownSource,
  keyFinder,
  knownSource,
  renderSql,
  type SigmaRule,
  type SourceAlternative,
  type SqlBinding,
  type SqlField,
  sqlLiteral,
  withWhere,
} from "@firebreak/sigma";
import { hotColumns } from "../store/columns.ts";
import { keysSql, type SourceClass, sourceClasses, sourcedView, viewSql } from "./sql-source.ts";
import { taxonomy } from "./taxonomy.ts";

/** A rule as a query over the event store of a case. */
export interface RuleQuery {
  /** DuckDB expression over the view `sourced_events`: true, false, never NULL. */
  readonly where: string;
  /** The same for the rule's log source alone. */
  readonly sourceWhere: string;
  /** False: the query may find more than the rule means, so the rows have to be matched again. */
  readonly isExact: boolean;
  /**
   * False: the rule searches text that the store leaves out because other fields repeat it (keywords, `message`,
   * `related.*`), so the query may find less than the rule means in the evidence.
   */
  readonly isComplete: boolean;
}

/** Makes the view that every `RuleQuery` reads; run it once in a connection to the store. */
export function prelude(): string {
  return viewSql(taxonomy.channelOfProvider);
}

/**
 * Renders rules as queries over the event store.
 * @example
 * const convert = createConverter();
 * await store.run(prelude());
 * await store.query(`SELECT evidence, "offset", sub FROM sourced_events WHERE ${convert(rule).where} ORDER BY ALL`);
 */
export function createConverter(): (rule: SigmaRule) => RuleQuery {
  const classes = sourceClasses();
  return (rule) => convertRule(rule, classes);
}

/** Events of one way to read the rule: the same alternative of the log source, the same keys for its fields. */
interface Arm {
  readonly alternative: SourceAlternative;
  readonly keysOf: KeyFinder;
  /** Facets of events with and without a channel. */
  readonly withChannel: string[];
  readonly withoutChannel: string[];
}

function convertRule(rule: SigmaRule, classes: readonly SourceClass[]): RuleQuery {
  const arms = armsOf(rule, classes);
  const asked = askedFields(rule.condition);
  let isExact = true;
  let isComplete = !asked.hasKeywords;
  const rendered = arms.map((arm) => {
    const condition = withWhere({ rule, alternative: arm.alternative, keysOf: arm.keysOf });
    const keys = [...asked.fields].flatMap((field) => arm.keysOf(field));
    if (keys.some((key) => key === "message" || key.startsWith("related."))) isComplete = false;
    const sql = renderSql(condition, bindingOf(arm.keysOf));
    if (!sql.isExact || asked.hasKeywords) isExact = false;
    return { source: armSql(arm, classes.length), condition: sql.sql };
  });
  const sourceWhere = rendered.length === 0 ? "false" : rendered.map(({ source }) => source).join(" OR ");
  return { where: whereSql(rendered), sourceWhere, isExact, isComplete };
}

/** The first alternative that fits decides, as in the matcher, even when its condition is not true. */
function whereSql(arms: readonly { source: string; condition: string }[]): string {
  if (arms.length === 0) return "false";
  if (arms.length === 1) return `${arms[0]!.source} AND ${arms[0]!.condition}`;
  const cases = arms.map(({ source, condition }) => `WHEN ${source} THEN ${condition}`);
  return `CASE ${cases.join("\n  ")} ELSE false END`;
}

function armsOf(rule: SigmaRule, classes: readonly SourceClass[]): Arm[] {
  const arms: Arm[] = [];
  const { fields } = askedFields(rule.condition);
  for (const alternative of alternativesOf(rule.logsource, taxonomy)) {
    const byKeys = new Map<string, Arm>();
    const asked = [...fields, ...Object.keys(alternative.where ?? {})];
    const { channels, eventIds: _eventIds, ...facets } = alternative;
    for (const hasChannel of [true, false]) {
      if (!hasChannel && channels !== undefined) continue;
      for (const { facet, source } of classes) {
        const known = knownSource({ ...source, ...(hasChannel && { channel: "any" }) });
        if (!fits(facets, known)) continue;
        const keysOf = keyFinder(rule.logsource, alternative, known, taxonomy);
        const name = JSON.stringify(asked.map(keysOf));
        let arm = byKeys.get(name);
        if (arm === undefined) {
          arm = { alternative, keysOf, withChannel: [], withoutChannel: [] };
          byKeys.set(name, arm);
        }
        (hasChannel ? arm.withChannel : arm.withoutChannel).push(facet);
      }
    }
    arms.push(...byKeys.values());
  }
  return arms;
}

function armSql({ alternative, withChannel, withoutChannel }: Arm, classCount: number): string {
  const { channels, eventIds } = alternative;
  const parts: string[] = [];
  if (channels !== undefined) parts.push(`lower(sigma_channel) IN (${list(channels.map(lower))})`);
  if (eventIds !== undefined) parts.push(`sigma_event_id IN (${eventIds.join(", ")})`);
  const inFacets = (facets: readonly string[]) =>
    facets.length === classCount ? "true" : `facet IN (${list(facets)})`;
  const sides: string[] = [];
  if (withChannel.length > 0) sides.push(`sigma_channel IS NOT NULL AND ${inFacets(withChannel)}`);
  if (withoutChannel.length > 0) sides.push(`sigma_channel IS NULL AND ${inFacets(withoutChannel)}`);
  const isEverywhere = withChannel.length === classCount && withoutChannel.length === classCount;
  if (channels !== undefined) {
    if (withChannel.length < classCount) parts.push(inFacets(withChannel));
  } else if (!isEverywhere) parts.push(`(${sides.join(" OR ")})`);
  return parts.length === 0 ? "true" : `(coalesce(${parts.join(" AND ")}, false))`;
}

const lower = (text: string) => text.toLowerCase();
const list = (texts: readonly string[]) => texts.map(sqlLiteral).join(", ");

function bindingOf(keysOf: KeyFinder): SqlBinding {
  const hot = hotColumns.map(({ column }) => columnField(`"${column}"`).sql);
  const ownId = "CASE WHEN sigma_event_id IS NOT NULL THEN [CAST(sigma_event_id AS VARCHAR)] END";
  const ownChannel = "CASE WHEN sigma_channel IS NOT NULL THEN [sigma_channel] END";
  return {
    field: (name): SqlField => {
      if (taxonomy.eventIdFields.includes(name)) return keysSql(keysOf(name), [ownId]);
      if (taxonomy.channelFields.includes(name)) return keysSql(keysOf(name), [ownChannel]);
      return keysSql(keysOf(name));
    },
    keywords: {
      kind: "list",
      sql: `list_concat(coalesce(${jsonAllValues("rest").sql}, []), list_filter([${hot.join(", ")}], lambda h: h IS NOT NULL))`,
    },
  };
}

interface Asked {
  readonly fields: Set<string>;
  hasKeywords: boolean;
}

function askedFields(condition: Condition, asked: Asked = { fields: new Set(), hasKeywords: false }): Asked {
  switch (condition.kind) {
    case "and":
    case "or":
      for (const item of condition.items) askedFields(item, asked);
      break;
    case "not":
      askedFields(condition.item, asked);
      break;
    case "keyword":
      asked.hasKeywords = true;
      break;
    case "field":
      asked.fields.add(condition.field);
      for (const test of condition.tests) if (test.op === "field-ref") asked.fields.add(test.field);
      break;
  }
  return asked;
}

/** The statement for people and other programs. */
export function selectSql(query: RuleQuery): string {
  return `SELECT evidence, "offset", sub, ms FROM ${sourcedView}\nWHERE ${query.where}\nORDER BY evidence, "offset", sub`;
}

/** Of this source, or of none that the rule asks for. */
export function asksFor(rule: SigmaRule, source: KnownSource): boolean {
  return alternativesOf(rule.logsource, taxonomy).some((alternative) => fits(alternative, source));
}
