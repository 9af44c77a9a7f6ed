export type * from "./condition/tree.ts";
export { citedEvents, correlateAll, createCorrelator, uncitedCount } from "./correlation/correlator.ts";
export type {
  CorrelationMatch,
  CorrelationStats,
  Correlator,
  CorrelatorOptions,
} from "./correlation/match.ts";
export { compareMatches } from "./correlation/order.ts";
export { parseCorrelation } from "./correlation/parse.ts";
export type { CorrelationRule } from "./correlation/types.ts";
export {
  type EventSource,
  type FieldValue,
  flatEvent,
  type RawTexts,
  type RecordedText,
  type RecordedValues,
  recordedPlaces,
  type Scalar,
  type SigmaEvent,
} from "./event.ts";
export { lintRules } from "./lint/lint.ts";
export { loadRules } from "./load/rules.ts";
export { deserialiseRuleSet, ruleSetKey, serialiseRuleSet } from "./load/serialise.ts";
export { withWhere } from "./match/bucket.ts";
export { type ExplainedPart, type Explanation, explain } from "./match/explain.ts";
export { compileMatcher, type Matcher, type RuleMatch } from "./match/matcher.ts";
export type { SieveLayout, SievePlace, SieveProgram } from "./match/sieve/program.ts";
export type { Sieve, SievedEvent } from "./match/sieve/sieve.ts";
export {
  alternativesOf,
  fits,
  type KeyFinder,
  type KnownSource,
  keyFinder,
  knownSource,
} from "./match/sources.ts";
export { columnField, jsonAllValues, jsonField, type SqlField } from "./sql/field.ts";
export { renderSql, type SqlBinding, type SqlCondition } from "./sql/render.ts";
export { literal as sqlLiteral } from "./sql/text.ts";
export { defaultTaxonomy } from "./taxonomy/default.ts";
export type { FieldMapping, LogSourceMapping, SourceAlternative, Taxonomy } from "./taxonomy/types.ts";
export {
  type Diagnostic,
  type Level,
  type LoadOptions,
  type LogSource,
  levels,
  type RuleMetadata,
  type RuleSet,
  type RuleText,
  type SigmaFilter,
  type SigmaRule,
  type Status,
  statuses,
} from "./types.ts";
