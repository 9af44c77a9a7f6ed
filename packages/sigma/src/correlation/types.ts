import type { RuleMetadata } from "../types.ts";

export const correlationTypes = [
  "event_count",
  "value_count",
  "temporal",
  "temporal_ordered",
  "value_sum",
  "value_avg",
  "value_percentile",
  "value_median",
] as const;

/** The eight types: four of the specification's text, three of its JSON schema, and pySigma's `value_median`. */
export type CorrelationType = (typeof correlationTypes)[number];

/** A rule over matches of other rules (sigma-correlation-rules-specification 2.1.0). */
export interface CorrelationRule extends RuleMetadata {
  readonly kind: "correlation";
  readonly type: CorrelationType;
  /** Ids or names of rules or correlations, as written, in order, without repeats. */
  readonly rules: readonly string[];
  /** Fields or aliases; empty: one group for everything. */
  readonly groupBy: readonly string[];
  /** As written, "5m". */
  readonly timespan: string;
  readonly timespanMs: number;
  /** Alias → rule (id or name) → field of that rule's events. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly condition: CorrelationCondition;
  /** False: the rules it names do not alert by themselves. */
  readonly generate: boolean;
}

export type CorrelationCondition = ThresholdCondition | BooleanCondition;

export const operators = ["gt", "gte", "lt", "lte", "eq", "neq"] as const;
export type Operator = (typeof operators)[number];

export interface Bound {
  readonly operator: Operator;
  readonly value: number;
}

/** The measured value passes every bound (a range is two of them). */
export interface ThresholdCondition {
  readonly kind: "threshold";
  readonly bounds: readonly Bound[];
  /** Fields whose values are counted or computed with; several for value_count count tuples. */
  readonly fields: readonly string[];
  /** 0 to 100, for value_percentile. */
  readonly percentile?: number;
}

/** Specification 2.2 (approved, issue 198): `rule_a and not rule_b or rule_c`, for temporal types. */
export interface BooleanCondition {
  readonly kind: "boolean";
  readonly text: string;
  readonly expression: Expression;
}

/** A leaf is true when the rule has an event in the window. `rule` is the name or id as written. */
export type Expression =
  | { readonly kind: "rule"; readonly rule: string }
  | { readonly kind: "not"; readonly item: Expression }
  | { readonly kind: "and" | "or"; readonly items: readonly Expression[] };
