import { branchesOf, maxOrderedBranches } from "./branches.ts";
import { countEvents, countValues, type Measure } from "./measures/measure.ts";
import { longestSeries, orderedBranches } from "./measures/ordered.ts";
import { percentileOfValues } from "./measures/percentile.ts";
import { sumValues } from "./measures/sum.ts";
import { countRules } from "./measures/temporal.ts";
import type { ResolvedCorrelation } from "./resolve.ts";
import type { Bound, CorrelationRule, ThresholdCondition } from "./types.ts";

/** How a correlation's windows are judged. */
export interface Judge {
  measure(): Measure;
  /** The condition, of the events the measure holds. */
  holds(measure: Measure): boolean;
  /** Once true of a window, true of every window that has more events: it can be judged at each event. */
  readonly isMonotone: boolean;
  /** Only upper bounds: the smallest value is the one to tell. */
  readonly isLow: boolean;
  /** temporal_ordered, all rules: a run begins with the first rule and ends with the last. */
  readonly isFullSeries: boolean;
  /** Events a window must be able to hold. */
  readonly neededEvents: number;
}

export function judgeOf(resolved: ResolvedCorrelation): Judge {
  const { correlation, inputs } = resolved;
  const condition = correlation.condition;
  if (condition.kind === "boolean") {
    return {
      measure: booleanMeasure(resolved),
      holds: (measure) => measure.holds?.() ?? false,
      isMonotone: false,
      isLow: false,
      isFullSeries: false,
      neededEvents: 0,
    };
  }
  const { bounds } = condition;
  const isCount = correlation.type.endsWith("_count") || correlation.type.startsWith("temporal");
  const isRising = bounds.every(({ operator }) => operator === "gt" || operator === "gte");
  const highest = Math.max(...bounds.map((bound) => bound.value));
  return {
    measure: thresholdMeasure(correlation, condition, inputs.length),
    holds: (measure) => {
      const value = measure.value();
      return bounds.every((bound) => passes(value, bound));
    },
    isMonotone: isCount && isRising,
    isLow: bounds.every(({ operator }) => operator === "lt" || operator === "lte"),
    isFullSeries: correlation.type === "temporal_ordered" && isRising && asksForAll(bounds, inputs.length),
    neededEvents: isCount ? Math.min(highest + 1, 10_000_000) : 0,
  };
}

export function passes(value: number, bound: Bound): boolean {
  switch (bound.operator) {
    case "gt":
      return value > bound.value;
    case "gte":
      return value >= bound.value;
    case "lt":
      return value < bound.value;
    case "lte":
      return value <= bound.value;
    case "eq":
      return value === bound.value;
    case "neq":
      return value !== bound.value;
  }
}

function asksForAll(bounds: readonly Bound[], ruleCount: number): boolean {
  return bounds.some((bound) => !passes(ruleCount - 1, bound));
}

function thresholdMeasure(
  { type }: CorrelationRule,
  condition: ThresholdCondition,
  ruleCount: number,
): () => Measure {
  switch (type) {
    case "event_count":
      return countEvents;
    case "value_count":
      return countValues;
    case "temporal":
      return () => countRules(ruleCount);
    case "temporal_ordered":
      return () => longestSeries(ruleCount);
    case "value_sum":
      return () => sumValues(false);
    case "value_avg":
      return () => sumValues(true);
    case "value_median":
      return () => percentileOfValues(50);
    case "value_percentile":
      return () => percentileOfValues(condition.percentile ?? 50);
  }
}

function booleanMeasure({ correlation, inputs }: ResolvedCorrelation): () => Measure {
  const condition = correlation.condition;
  if (condition.kind !== "boolean") throw new TypeError("not a boolean condition");
  const position = new Map(correlation.rules.map((rule, index) => [rule, index]));
  if (correlation.type === "temporal") {
    return () => countRules(inputs.length, { expression: condition.expression, position });
  }
  const positions = (rules: readonly string[]) =>
    rules.map((rule) => position.get(rule)!).sort((a, b) => a - b);
  const branches = (branchesOf(condition.expression, maxOrderedBranches) ?? []).map(
    ({ present, absent }) => ({
      steps: positions(present),
      absent: positions(absent),
    }),
  );
  return () => orderedBranches(inputs.length, branches);
}
