import type { Condition, FieldNode } from "../condition/tree.ts";
import { withKnown } from "../match/known.ts";
import { alternativesOf } from "../match/sources.ts";
import type { Taxonomy } from "../taxonomy/types.ts";
import type { SigmaRule } from "../types.ts";

/** Fields that have one value in an event, so that two different ones exclude each other. */
const singleValued = new Set(["EventID", "Channel", "Provider_Name"]);
const ways = 64;

/**
 * Why a rule can match no event, or undefined when nothing speaks against it. Found are: an event id that the log
 * source does not have, two different values asked of a single-valued field, and a part asked for and excluded.
 */
export function neverTrue(rule: SigmaRule, taxonomy: Taxonomy): string | undefined {
  const ids = alternativesOf(rule.logsource, taxonomy).flatMap(({ eventIds }) => eventIds ?? []);
  const isKnown = rule.logsource.product === "windows" && ids.length > 0;
  if (isKnown && ids.every((id) => isFalse(rule.condition, String(id), taxonomy))) {
    return `The condition is false for every event id of the log source (${ids.join(", ")}).`;
  }
  const branches = conjunctionsOf(rule.condition);
  if (branches === undefined) return undefined;
  const reasons = branches.map(contradictionIn);
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

function isFalse(condition: Condition, eventId: string, taxonomy: Taxonomy): boolean {
  const known = withKnown(condition, (field) =>
    taxonomy.eventIdFields.includes(field) ? eventId : undefined,
  );
  return known.kind === "constant" && !known.value;
}

/** The condition as an OR of ANDs, when it has few; negations are kept whole. */
function conjunctionsOf(node: Condition): Condition[][] | undefined {
  if (node.kind === "or") {
    const branches = node.items.map(conjunctionsOf);
    if (branches.some((each) => each === undefined)) return undefined;
    const all = branches.flatMap((each) => each!);
    return all.length > ways ? undefined : all;
  }
  if (node.kind !== "and") return [[node]];
  let product: Condition[][] = [[]];
  for (const item of node.items) {
    const branches = conjunctionsOf(item);
    if (branches === undefined || product.length * branches.length > ways) return undefined;
    product = product.flatMap((left) => branches.map((right) => [...left, ...right]));
  }
  return product;
}

function contradictionIn(parts: readonly Condition[]): string | undefined {
  const excluded = new Set(parts.flatMap((part) => (part.kind === "not" ? [bodyOf(part.item)] : [])));
  const values = new Map<string, Set<string>>();
  for (const part of parts) {
    if (excluded.size > 0 && excluded.has(bodyOf(part)))
      return "The condition asks for a part and excludes it too.";
    if (part.kind !== "field" || !singleValued.has(part.field)) continue;
    const own = equalValues(part);
    if (own === undefined) continue;
    const before = values.get(part.field);
    const common = before === undefined ? own : new Set([...own].filter((value) => before.has(value)));
    if (common.size === 0) return `The condition asks for different values of ${part.field} at once.`;
    values.set(part.field, common);
  }
  return undefined;
}

function bodyOf(node: Condition): string {
  return JSON.stringify(node, (key, value) => (key === "selection" ? undefined : value));
}

function equalValues(node: FieldNode): Set<string> | undefined {
  const values = new Set<string>();
  for (const test of node.tests) {
    if (test.op !== "equals") return undefined;
    values.add(test.value.toLowerCase());
  }
  return values;
}
