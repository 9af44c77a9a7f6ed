import type { Condition, FieldNode, FieldRefTest } from "../condition/tree.ts";
import type { KnownValue } from "./known-value.ts";
import type { Run, Slot } from "./slot.ts";
import { compileTests, type PresentTest, type ScalarPredicate } from "./value-tests.ts";

export type Predicate = (run: Run) => boolean;

/** The slot of a Sigma field; undefined stands for all values of the event (keywords). */
export type SlotOf = (field: string | undefined) => Slot;

/** A condition as a function of the event in hand. */
export function compileCondition(node: Condition, slotOf: SlotOf): Predicate {
  switch (node.kind) {
    case "constant":
      return () => node.value;
    case "and":
      return allOf(node.items.map((item) => compileCondition(item, slotOf)));
    case "or":
      return anyOf(node.items.map((item) => compileCondition(item, slotOf)));
    case "not": {
      const inner = compileCondition(node.item, slotOf);
      return (run) => !inner(run);
    }
    case "keyword":
      return slotPredicate(slotOf(undefined), node, node.tests);
    case "field":
      return compileField(node, slotOf);
  }
}

function allOf(items: readonly Predicate[]): Predicate {
  return (run) => {
    for (let at = 0; at < items.length; at++) if (!items[at]!(run)) return false;
    return true;
  };
}

function anyOf(items: readonly Predicate[]): Predicate {
  const [first, second] = items;
  if (first !== undefined && second === undefined) return first;
  return (run) => {
    for (let at = 0; at < items.length; at++) if (items[at]!(run)) return true;
    return false;
  };
}

function compileField(node: FieldNode, slotOf: SlotOf): Predicate {
  const slot = slotOf(node.field);
  const predicates: Predicate[] = [];
  const present = presentTests(node);
  if (present.length > 0) predicates.push(slotPredicate(slot, node, present));
  for (const test of node.tests) {
    if (test.op === "null") predicates.push((run) => slot.isNull(run));
    else if (test.op === "exists") predicates.push((run) => slot.exists(run) === test.value);
    else if (test.op === "field-ref") predicates.push(compileFieldRef(test, slot, slotOf(test.field)));
  }
  return anyOf(predicates);
}

function slotPredicate(slot: Slot, node: object, tests: readonly PresentTest[]): Predicate {
  const test = testsOf(node, tests);
  const number = isCostly(tests) ? slot.costlyTest() : -1;
  return (run) => slot.passes(run, test, number);
}

/** Up to three plain comparisons are cheaper than remembering their answer. */
function isCostly(tests: readonly PresentTest[]): boolean {
  return (
    tests.length > 3 ||
    tests.some((test) => test.op === "regex" || test.op === "cidr" || test.op === "wildcard")
  );
}

export function presentTests(node: FieldNode): PresentTest[] {
  return node.tests.filter(
    (test): test is PresentTest => test.op !== "null" && test.op !== "exists" && test.op !== "field-ref",
  );
}

/** One compilation per node, although the rule stands in several buckets: its regex answers are remembered once. */
const compiled = new WeakMap<object, ScalarPredicate>();

export function testsOf(node: object, tests: readonly PresentTest[]): ScalarPredicate {
  let test = compiled.get(node);
  if (test === undefined) {
    test = compileTests(tests);
    compiled.set(node, test);
  }
  return test;
}

function compileFieldRef({ how, cased }: FieldRefTest, slot: Slot, other: Slot): Predicate {
  const isSame = how === "equals" && !cased;
  const compare = (value: KnownValue, reference: KnownValue): boolean => {
    if (isSame) return value.isSameAs(reference);
    return cased
      ? comparesTo(how, String(value.raw), String(reference.raw))
      : comparesTo(how, value.folded, reference.folded);
  };
  return (run) => {
    const values = slot.values(run);
    const references = other.values(run);
    for (let at = 0; at < values.length; at++) {
      for (let to = 0; to < references.length; to++) if (compare(values[at]!, references[to]!)) return true;
    }
    return false;
  };
}

function comparesTo(how: FieldRefTest["how"], text: string, reference: string): boolean {
  switch (how) {
    case "equals":
      return text === reference;
    case "contains":
      return text.includes(reference);
    case "startswith":
      return text.startsWith(reference);
    case "endswith":
      return text.endsWith(reference);
  }
}
