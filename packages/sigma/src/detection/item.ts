import type { Condition, KeywordTest, ValueTest } from "../condition/tree.ts";
import { RuleFault } from "../load/fault.ts";
import { checkRegex } from "../match/regex.ts";
import { modifiers } from "./modifiers/index.ts";
import type { ItemFlags, Modifier, ModifierContext, Operand, PlainValue } from "./operand.ts";
import { openEnd, openStart, parsePattern, textTest } from "./pattern.ts";

export interface DetectionContext {
  readonly placeholders: Readonly<Record<string, readonly string[]>>;
  /** For faults that leave the rule usable. */
  warn(code: string, message: string, keys: readonly (string | number)[]): void;
}

type Keys = readonly (string | number)[];

/**
 * One detection item, `field|modifier|...: value or list`, as a condition. An empty field name makes keywords.
 * Throws RuleFault when the item means nothing.
 */
export function parseItem(key: string, value: unknown, keys: Keys, context: DetectionContext): Condition {
  const [field = "", ...names] = key.split("|");
  const chain = names.map((name) => modifierNamed(name, keys));
  const flags: ItemFlags = { all: false, cased: false, negated: false };
  const values = plainValues(value, keys);
  if (values.length > 1 && values.includes(null)) {
    context.warn("null-in-list", "null stands in a list of values.", keys);
  }
  const variants = values.map((each) => {
    try {
      return applyChain({ type: "value", value: each }, chain, flags, context);
    } catch (error) {
      throw error instanceof RuleFault ? new RuleFault(error.code, error.message, keys, error.next) : error;
    }
  });
  if (flags.all && variants.length === 1) {
    context.warn("all-with-one-value", '"all" has a single value and means nothing.', keys);
  }
  const make = field === "" ? keywordNode : fieldNode;
  const node = flags.all
    ? conjunction(variants.map((each) => make(field, each, flags, keys)))
    : make(field, variants.flat(), flags, keys);
  return flags.negated ? { kind: "not", item: node } : node;
}

function modifierNamed(name: string, keys: Keys): { name: string; apply: Modifier } {
  const apply = modifiers.get(name);
  if (apply !== undefined) return { name, apply };
  const next = modifiers.has(name.toLowerCase())
    ? `Write it in lower case: "${name.toLowerCase()}".`
    : undefined;
  throw new RuleFault("unknown-modifier", `Sigma has no modifier ${JSON.stringify(name)}.`, keys, next);
}

function plainValues(value: unknown, keys: Keys): PlainValue[] {
  const items = Array.isArray(value) ? value : [value];
  if (items.length === 0) throw new RuleFault("empty-list", "The list of values is empty.", keys);
  items.forEach((item, at) => {
    if (typeof item !== "object" || item === null) return;
    const place = Array.isArray(value) ? [...keys, at] : keys;
    throw new RuleFault("bad-value", "A value must be text, a number, true, false or null.", place);
  });
  return items as PlainValue[];
}

function applyChain(
  start: Operand,
  chain: readonly { name: string; apply: Modifier }[],
  flags: ItemFlags,
  context: DetectionContext,
): Operand[] {
  let operands: Operand[] = [start];
  for (const { name, apply } of chain) {
    const step: ModifierContext = { flags, placeholders: context.placeholders, modifier: name };
    operands = operands.flatMap((operand) => apply(operand, step));
  }
  return operands;
}

export function conjunction(items: readonly Condition[]): Condition {
  return items.length === 1 ? items[0]! : { kind: "and", items };
}

export function disjunction(items: readonly Condition[]): Condition {
  return items.length === 1 ? items[0]! : { kind: "or", items };
}

function fieldNode(field: string, operands: readonly Operand[], flags: ItemFlags, keys: Keys): Condition {
  return { kind: "field", field, tests: operands.map((operand) => valueTest(operand, flags.cased, keys)) };
}

function valueTest(operand: Operand, cased: boolean, keys: Keys): ValueTest {
  switch (operand.type) {
    case "value":
      if (operand.value === null) return { op: "null" };
      return textTest(parsePattern(String(operand.value)), cased);
    case "text":
      return textTest(operand.pattern, cased);
    case "bytes":
      return textTest([Buffer.from(operand.bytes).toString("latin1")], cased);
    case "regex":
      checkRegex(operand.source, operand.flags, keys);
      return { op: "regex", pattern: operand.source, flags: operand.flags };
    case "cidr":
      return { op: "cidr", network: operand.network };
    case "exists":
      return { op: "exists", value: operand.value };
    case "compare":
      return { op: "compare", comparison: operand.comparison, value: operand.value };
    case "date-part": {
      const { part, comparison, value } = operand;
      return { op: "date-part", part, comparison, value };
    }
    case "field-ref": {
      const { field, how } = operand;
      return cased ? { op: "field-ref", field, how, cased: true } : { op: "field-ref", field, how };
    }
  }
}

/** Keywords are searched for anywhere in any value, so their patterns are open at both ends. */
function keywordNode(_field: string, operands: readonly Operand[], flags: ItemFlags, keys: Keys): Condition {
  const tests = operands.map((operand): KeywordTest => {
    const test = valueTest(operand, flags.cased, keys);
    if (test.op === "regex") return test;
    if (operand.type === "text") return textTest(openEnd(openStart(operand.pattern)), flags.cased);
    if (operand.type === "value" && operand.value !== null) {
      return textTest(openEnd(openStart(parsePattern(String(operand.value)))), flags.cased);
    }
    throw new RuleFault("bad-keyword", "A keyword must be text, a number or a regular expression.", keys);
  });
  return { kind: "keyword", tests };
}
