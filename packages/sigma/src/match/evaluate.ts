import type { Condition, FieldNode, KeywordNode, KeywordTest } from "../condition/tree.ts";
import type { FieldValue, Scalar } from "../event.ts";
import { presentTests, testsOf } from "./compile.ts";
import { compileTests, scalarsOf, testedValue } from "./value-tests.ts";

/** How a condition reads the event. */
export interface Reader {
  field(name: string): FieldValue | undefined;
  values(): readonly string[];
}

/** What came of one node of a condition. */
export interface Outcome {
  readonly node: Condition;
  readonly result: boolean;
  /** Fields: the value that passed, or the first value there is; keywords: those found. */
  readonly value?: string;
  readonly items: readonly Outcome[];
}

/**
 * Works a condition out in full, without the matcher's short cuts: for explanations, for the values that matched, and
 * as the measure the matcher is tested against.
 */
export function evaluate(node: Condition, reader: Reader): Outcome {
  switch (node.kind) {
    case "constant":
      return { node, result: node.value, items: [] };
    case "and":
    case "or": {
      const items = node.items.map((item) => evaluate(item, reader));
      const passed = (item: Outcome) => item.result;
      return { node, result: node.kind === "and" ? items.every(passed) : items.some(passed), items };
    }
    case "not": {
      const item = evaluate(node.item, reader);
      return { node, result: !item.result, items: [item] };
    }
    case "keyword":
      return evaluateKeyword(node, reader);
    case "field":
      return evaluateField(node, reader);
  }
}

function evaluateField(node: FieldNode, reader: Reader): Outcome {
  const value = reader.field(node.field);
  const scalars = scalarsOf(value);
  const outcome = (result: boolean, shown: Scalar | undefined): Outcome =>
    shown === undefined ? { node, result, items: [] } : { node, result, value: String(shown), items: [] };
  for (const test of node.tests) {
    if (test.op === "null" && scalars.length === 0) return outcome(true, undefined);
    if (test.op === "exists" && (value !== undefined) === test.value) return outcome(true, scalars[0]);
  }
  const passesTests = testsOf(node, presentTests(node));
  const passed = scalars.find((scalar) => passesTests(testedValue(scalar)) || refersTo(node, scalar, reader));
  return outcome(passed !== undefined, passed ?? scalars[0]);
}

function refersTo(node: FieldNode, scalar: Scalar, reader: Reader): boolean {
  return node.tests.some(
    (test) =>
      test.op === "field-ref" &&
      scalarsOf(reader.field(test.field)).some((other) => {
        const asTest = {
          op: test.how,
          value: String(other),
          ...(test.cased ? { cased: true as const } : {}),
        };
        return compileTests([asTest])(testedValue(scalar));
      }),
  );
}

function evaluateKeyword(node: KeywordNode, reader: Reader): Outcome {
  const values = reader.values();
  const found = node.tests.filter((test) =>
    values.some((value) => testsOf(test, [test])(testedValue(value))),
  );
  const result = found.length > 0;
  return result
    ? { node, result, value: found.map(keywordText).join(", "), items: [] }
    : { node, result, items: [] };
}

function keywordText(test: KeywordTest): string {
  if (test.op === "regex") return test.pattern;
  if (test.op !== "wildcard") return test.value;
  return test.pattern.map((part) => (typeof part === "string" ? part : "*?-"[part])).join("");
}

/**
 * Fields and values that make a condition true which is known to be: those of every true branch, and nothing of what a
 * `not` keeps out.
 */
export function matchedValues(
  node: Condition,
  reader: Reader,
  matched: Record<string, string> = {},
): Record<string, string> {
  if (node.kind === "and") for (const item of node.items) matchedValues(item, reader, matched);
  else if (node.kind === "or") {
    for (const item of node.items) if (evaluate(item, reader).result) matchedValues(item, reader, matched);
  } else if (node.kind === "field") {
    const { value } = evaluateField(node, reader);
    if (value !== undefined) matched[node.field] ??= value;
  } else if (node.kind === "keyword") {
    const { value = "" } = evaluateKeyword(node, reader);
    matched.keyword = matched.keyword === undefined ? value : `${matched.keyword}, ${value}`;
  }
  return matched;
}
