import { quote } from "../load/metadata.ts";
import { isMap } from "../load/values.ts";
import { branchesOf, maxOrderedBranches } from "./branches.ts";
import { holds, parseExpression, rulesOfExpression } from "./expression.ts";
import { type Report, textOf } from "./input.ts";
import { type Bound, type CorrelationCondition, type CorrelationType, operators } from "./types.ts";

interface ReadCondition {
  readonly condition: CorrelationCondition;
  readonly rules: readonly string[];
}

const where = ["correlation", "condition"] as const;
const maxFields = 16;
const maxOrderedRules = 20;

/** The condition with the rules it is about: those listed, or those a boolean condition names when none are. */
export function readCondition(
  value: unknown,
  type: CorrelationType,
  listed: readonly string[],
  report: Report,
): ReadCondition | undefined {
  const read =
    typeof value === "string"
      ? readBoolean(value, type, listed, report)
      : readThreshold(value, type, listed, report);
  if (read !== undefined && type === "temporal_ordered" && read.rules.length > maxOrderedRules) {
    report("error", "too-many-rules", `temporal_ordered takes at most ${maxOrderedRules} rules.`, [
      "correlation",
      "rules",
    ]);
    return undefined;
  }
  return read;
}

function isTemporal(type: CorrelationType): boolean {
  return type === "temporal" || type === "temporal_ordered";
}

/** Specification 2.2: every listed rule is in the condition and the other way round; `rules` may be left out. */
function readBoolean(
  text: string,
  type: CorrelationType,
  listed: readonly string[],
  report: Report,
): ReadCondition | undefined {
  if (!isTemporal(type)) {
    const next = 'Write a map: "gte: 10".';
    report(
      "error",
      "boolean-condition-type",
      `A condition in words is for temporal types, not ${type}.`,
      where,
      next,
    );
    return undefined;
  }
  const parsed = parseExpression(text);
  if ("problem" in parsed) {
    report("error", "invalid-condition", parsed.problem, where);
    return undefined;
  }
  const { expression } = parsed;
  const named = rulesOfExpression(expression);
  const unknown = named.filter((rule) => listed.length > 0 && !listed.includes(rule));
  const unused = listed.filter((rule) => !named.includes(rule));
  if (unknown.length > 0 || unused.length > 0) {
    const parts = [
      unknown.length > 0 ? `${unknown.map(quote).join(", ")} not in rules` : "",
      unused.length > 0 ? `${unused.map(quote).join(", ")} not in the condition` : "",
    ];
    report(
      "error",
      "condition-rules-differ",
      `Condition and rules differ: ${parts.filter(Boolean).join("; ")}.`,
      where,
    );
    return undefined;
  }
  if (holds(expression, () => false)) {
    const next = 'Join it with a rule that must be there: "a and not b".';
    report(
      "error",
      "absence-only",
      "The condition is true when nothing happened; there is no event to cite.",
      where,
      next,
    );
    return undefined;
  }
  if (type === "temporal_ordered" && branchesOf(expression, maxOrderedBranches) === undefined) {
    const message = `The condition can be met in more than ${maxOrderedBranches} ways.`;
    report("error", "condition-too-complex", message, where, "Split it over several correlations.");
    return undefined;
  }
  return { condition: { kind: "boolean", text, expression }, rules: listed.length > 0 ? listed : named };
}

function readThreshold(
  value: unknown,
  type: CorrelationType,
  rules: readonly string[],
  report: Report,
): ReadCondition | undefined {
  if (rules.length === 0) {
    report("error", "no-rules", "The correlation names no rules.", ["correlation", "rules"]);
    return undefined;
  }
  if (value === undefined || value === null) {
    if (!isTemporal(type)) {
      report(
        "error",
        "no-condition",
        `A ${type} correlation needs a condition.`,
        where,
        'For example "gte: 10".',
      );
      return undefined;
    }
    // Specification: without a condition all rules must occur.
    const bounds: Bound[] = [{ operator: "gte", value: rules.length }];
    return { condition: { kind: "threshold", bounds, fields: [] }, rules };
  }
  if (!isMap(value)) {
    report("error", "invalid-condition", `A condition is a map or a text, not ${quote(value)}.`, where);
    return undefined;
  }
  const known = new Set<string>([...operators, "field", "percentile"]);
  const strange = Object.keys(value).filter((key) => !known.has(key));
  if (strange.length > 0) {
    const next = `Known: ${[...known].join(", ")}.`;
    report(
      "error",
      "invalid-condition",
      `The condition has unknown keys: ${strange.map(quote).join(", ")}.`,
      where,
      next,
    );
    return undefined;
  }
  const bounds = readBounds(value, report);
  const fields = readFields(value.field, type, report);
  const percentile = readPercentile(value.percentile, type, report);
  if (bounds === undefined || fields === undefined || percentile === false) return undefined;
  warnOfReach(bounds, type, rules, report);
  const condition = { kind: "threshold" as const, bounds, fields };
  return { condition: percentile === undefined ? condition : { ...condition, percentile }, rules };
}

/** One operator, or several that all must hold: a range. The specification allows ranges, pySigma does not. */
function readBounds(value: Readonly<Record<string, unknown>>, report: Report): Bound[] | undefined {
  const bounds: Bound[] = [];
  for (const operator of operators) {
    if (!Object.hasOwn(value, operator)) continue;
    const given = value[operator];
    const text = textOf(given);
    const number = text === undefined ? Number.NaN : Number(text);
    if (!Number.isFinite(number)) {
      report("error", "invalid-condition", `${operator} needs a number, not ${quote(given)}.`, [
        ...where,
        operator,
      ]);
      return undefined;
    }
    bounds.push({ operator, value: number });
  }
  if (bounds.length === 0) {
    report(
      "error",
      "invalid-condition",
      "The condition has no operator.",
      where,
      `One of ${operators.join(", ")}.`,
    );
    return undefined;
  }
  if (isEmptyRange(bounds)) {
    report("error", "impossible-condition", "No number passes all parts of the condition.", where);
    return undefined;
  }
  return bounds;
}

function isEmptyRange(bounds: readonly Bound[]): boolean {
  const of = (operator: string) => bounds.find((bound) => bound.operator === operator)?.value;
  const low = Math.max(of("gt") ?? -Infinity, of("gte") ?? -Infinity);
  const high = Math.min(of("lt") ?? Infinity, of("lte") ?? Infinity);
  const isOpen = low === of("gt") || high === of("lt");
  if (low > high || (low === high && isOpen)) return true;
  const exact = of("eq");
  if (exact === undefined) return low === high && of("neq") === low;
  return (
    exact < low ||
    exact > high ||
    (exact === low && low === of("gt")) ||
    (exact === high && high === of("lt")) ||
    exact === of("neq")
  );
}

function readFields(value: unknown, type: CorrelationType, report: Report): string[] | undefined {
  const needed = type.startsWith("value_");
  const keys = [...where, "field"];
  if (value === undefined || value === null) {
    if (!needed) return [];
    report("error", "no-field", `A ${type} correlation needs "field" in its condition.`, where);
    return undefined;
  }
  if (!needed) {
    report("warning", "unused-field", `"field" means nothing for ${type}.`, keys);
    return [];
  }
  const fields = (Array.isArray(value) ? value : [value]).map(textOf);
  if (fields.length === 0 || fields.length > maxFields || fields.some((field) => field === undefined)) {
    report("error", "invalid-field", `"field" is a field name or a list of 1 to ${maxFields}.`, keys);
    return undefined;
  }
  if (fields.length > 1 && type !== "value_count") {
    report("error", "invalid-field", `${type} computes with one field, not ${fields.length}.`, keys);
    return undefined;
  }
  return fields as string[];
}

/** undefined: none needed; false: refused. */
function readPercentile(value: unknown, type: CorrelationType, report: Report): number | undefined | false {
  const keys = [...where, "percentile"];
  if (type !== "value_percentile") {
    if (value !== undefined)
      report("warning", "unused-percentile", `"percentile" means nothing for ${type}.`, keys);
    return undefined;
  }
  const number = textOf(value) === undefined ? Number.NaN : Number(value);
  if (number >= 0 && number <= 100) return number;
  const message =
    value === undefined ? "value_percentile has no percentile." : `${quote(value)} is no percentile.`;
  // The specification's text compares "field" with "lte: 1" and leaves open what that measures.
  report(
    "error",
    "invalid-percentile",
    message,
    keys,
    'Write which one is compared, 0 to 100: "percentile: 95".',
  );
  return false;
}

/** Counts start at 1, because a window exists only where an event is, and rules cannot be more than there are. */
function warnOfReach(
  bounds: readonly Bound[],
  type: CorrelationType,
  rules: readonly string[],
  report: Report,
): void {
  if (type !== "event_count" && type !== "value_count" && !isTemporal(type)) return;
  const most = isTemporal(type) ? rules.length : Number.MAX_SAFE_INTEGER;
  const low = bounds.some(
    ({ operator, value }) =>
      (operator === "lt" && value <= 1) || ((operator === "lte" || operator === "eq") && value < 1),
  );
  const high = bounds.some(
    ({ operator, value }) =>
      (operator === "gt" && value >= most) || ((operator === "gte" || operator === "eq") && value > most),
  );
  if (low)
    report(
      "warning",
      "never-holds",
      "Only absence would pass the condition; a window has at least one event.",
      where,
    );
  if (high)
    report(
      "warning",
      "never-holds",
      `The condition asks for more rules than the ${rules.length} listed.`,
      where,
    );
}
