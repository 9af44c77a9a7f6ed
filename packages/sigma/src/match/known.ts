import type { Condition, FieldNode } from "../condition/tree.ts";
import { presentTests, testsOf } from "./compile.ts";
import { testedValue } from "./value-tests.ts";

/**
 * The condition with what is known of a field's value put in: event id and channel are the same for every event of a
 * bucket, so most rules of a service fall away before any event is looked at. Children are flattened.
 */
export function withKnown(node: Condition, known: (field: string) => string | undefined): Condition {
  switch (node.kind) {
    case "field": {
      const value = known(node.field);
      return value === undefined || !isDecidable(node)
        ? node
        : { kind: "constant", value: decide(node, value) };
    }
    case "not": {
      const item = withKnown(node.item, known);
      if (item.kind === "constant") return { kind: "constant", value: !item.value };
      if (item.kind === "not") return item.item;
      return item === node.item ? node : { kind: "not", item };
    }
    case "and":
    case "or":
      return joined(
        node.kind,
        node.items.map((item) => withKnown(item, known)),
      );
    default:
      return node;
  }
}

function isDecidable(node: FieldNode): boolean {
  return node.tests.every((test) => test.op !== "field-ref");
}

function decide(node: FieldNode, value: string): boolean {
  if (node.tests.some((test) => test.op === "exists" && test.value)) return true;
  return testsOf(node, presentTests(node))(testedValue(value));
}

function joined(kind: "and" | "or", items: readonly Condition[]): Condition {
  const decisive = kind === "or";
  const open: Condition[] = [];
  for (const item of items) {
    if (item.kind === "constant") {
      if (item.value === decisive) return item;
    } else if (item.kind === kind) open.push(...item.items);
    else open.push(item);
  }
  if (open.length === 0) return { kind: "constant", value: !decisive };
  return open.length === 1 ? open[0]! : { kind, items: open };
}
