import type {
  CidrTest,
  CompareTest,
  Comparison,
  DatePartTest,
  RegexTest,
  TextTest,
  ValueTest,
} from "../condition/tree.ts";
import type { FieldValue, Scalar } from "../event.ts";
import { remembered } from "./cache.ts";
import { compileRun } from "./char-run.ts";
import { compileNetwork } from "./cidr.ts";
import { datePartOf } from "./date-part.ts";
import { fold } from "./fold.ts";
import { compileRegex } from "./regex.ts";
import { regexNeeds } from "./regex-literals.ts";
import { compileWildcard } from "./wildcard.ts";

/** A value that is there. Either side may be worked out when it is asked for. */
export interface TestedValue {
  /** The text for comparison without case. */
  readonly folded: string;
  readonly raw: Scalar;
}

/** A test of one value that is there. */
export type ScalarPredicate = (value: TestedValue) => boolean;

export function testedValue(raw: Scalar): TestedValue {
  return { raw, folded: fold(String(raw)) };
}

/** Up to this many equal values are compared one by one; more are looked up. */
const fewEquals = 3;

/** Tests that need a value. Those about absence, and about other fields, are the caller's. */
export type PresentTest = Exclude<ValueTest, { op: "null" | "exists" | "field-ref" }>;

/** One predicate for a list of tests of which any may pass, cheapest first. */
export function compileTests(tests: readonly PresentTest[]): ScalarPredicate {
  const predicates: ScalarPredicate[] = [];
  const values: string[] = [];
  for (const test of tests) if (test.op === "equals" && !test.cased) values.push(fold(test.value));
  if (values.length > fewEquals) {
    const set = new Set(values);
    predicates.push(({ folded }) => set.has(folded));
  } else for (const value of values) predicates.push(({ folded }) => folded === value);
  for (const test of tests) if (test.op !== "equals" || test.cased) predicates.push(compileTest(test));
  return anyOf(predicates);
}

function anyOf(predicates: readonly ScalarPredicate[]): ScalarPredicate {
  const [first, second] = predicates;
  if (first === undefined) return () => false;
  if (second === undefined) return first;
  return (value) => {
    for (let at = 0; at < predicates.length; at++) if (predicates[at]!(value)) return true;
    return false;
  };
}

function compileTest(test: PresentTest): ScalarPredicate {
  switch (test.op) {
    case "regex":
      return compileRegexTest(test);
    case "cidr":
      return compileCidr(test);
    case "compare":
      return compileCompare(test);
    case "date-part":
      return compileDatePart(test);
    default:
      return compileText(test);
  }
}

function compileText(test: TextTest): ScalarPredicate {
  if (test.cased) {
    const matches = textMatcher(test, (text) => text);
    return ({ raw }) => matches(typeof raw === "string" ? raw : String(raw));
  }
  const matches = textMatcher(test, fold);
  return ({ folded }) => matches(folded);
}

function textMatcher(test: TextTest, prepare: (text: string) => string): (text: string) => boolean {
  if (test.op === "wildcard") {
    return compileWildcard(test.pattern.map((part) => (typeof part === "string" ? prepare(part) : part)));
  }
  const value = prepare(test.value);
  switch (test.op) {
    case "equals":
      return (text) => text === value;
    case "contains":
      return (text) => text.includes(value);
    case "startswith":
      return (text) => text.startsWith(value);
    case "endswith":
      return (text) => text.endsWith(value);
  }
}

/** To look for more literals takes as long as the pattern. */
const askedLiteralsMax = 16;

/** Looking for literals that the pattern needs is a hundred times cheaper than the pattern. */
function compileRegexTest(test: RegexTest): ScalarPredicate {
  const matches = remembered(compileRegex(test.pattern, test.flags));
  const needs = regexNeeds(test.pattern);
  const literals = needs.literals.filter((set) => set.length <= askedLiteralsMax);
  const runs = needs.runs.map(compileRun);
  return (value) => {
    const { folded } = value;
    if (folded.length < needs.length) return false;
    for (let at = 0; at < literals.length; at++) if (!hasOne(literals[at]!, folded)) return false;
    for (let at = 0; at < runs.length; at++) if (!runs[at]!(folded)) return false;
    return matches(String(value.raw));
  };
}

function hasOne(literals: readonly string[], folded: string): boolean {
  for (let at = 0; at < literals.length; at++) if (folded.includes(literals[at]!)) return true;
  return false;
}

function compileCidr(test: CidrTest): ScalarPredicate {
  const matches = compileNetwork(test.network);
  return ({ raw }) => typeof raw === "string" && matches(raw.trim());
}

function compileCompare(test: CompareTest): ScalarPredicate {
  return ({ raw }) => {
    const number = numberOf(raw);
    return number !== undefined && compareNumbers(number, test.comparison, test.value);
  };
}

function compileDatePart(test: DatePartTest): ScalarPredicate {
  return ({ raw }) => {
    const number = datePartOf(raw, test.part);
    return number !== undefined && compareNumbers(number, test.comparison, test.value);
  };
}

/** Numbers, and texts that are wholly a decimal number. */
function numberOf(value: Scalar): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string") return undefined;
  return /^\s{0,8}[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:e[+-]?\d{1,3})?\s{0,8}$/i.test(value)
    ? Number(value)
    : undefined;
}

function compareNumbers(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case "lt":
      return left < right;
    case "lte":
      return left <= right;
    case "gt":
      return left > right;
    case "gte":
      return left >= right;
    case "eq":
      return left === right;
  }
}

/** The values of a field one by one; none when it is absent. */
export function scalarsOf(value: FieldValue | undefined): readonly Scalar[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Scalar];
}
