import type { Condition } from "../condition/tree.ts";
import { RuleFault } from "../load/fault.ts";
import { conjunction, type DetectionContext, disjunction, parseItem } from "./item.ts";

type Keys = readonly (string | number)[];

/** Keys of a detection section that are not detection identifiers. */
const reserved = new Set(["condition", "timeframe"]);

/**
 * The named selections of a `detection:` (or `filter:`) section. `skip` lists further keys that are none.
 * Throws RuleFault.
 */
export function parseSelections(
  section: Readonly<Record<string, unknown>>,
  keys: Keys,
  context: DetectionContext,
  skip: readonly string[] = [],
): Map<string, Condition> {
  const selections = new Map<string, Condition>();
  for (const [name, value] of Object.entries(section)) {
    if (reserved.has(name) || skip.includes(name)) continue;
    selections.set(name, { ...parseSelection(value, [...keys, name], context), selection: name });
  }
  return selections;
}

/** A map is the AND of its items; a list is the OR of its maps and keywords; a plain value is one keyword. */
function parseSelection(value: unknown, keys: Keys, context: DetectionContext): Condition {
  if (!Array.isArray(value)) return parseMapOrKeyword(value, keys, context);
  if (value.length === 0) throw new RuleFault("empty-list", "The selection is an empty list.", keys);
  const plain = value.filter((item) => typeof item !== "object" || item === null);
  const nodes: Condition[] = plain.length === 0 ? [] : [parseItem("", plain, keys, context)];
  value.forEach((item, at) => {
    if (typeof item === "object" && item !== null) nodes.push(parseSelection(item, [...keys, at], context));
  });
  return disjunction(nodes);
}

function parseMapOrKeyword(value: unknown, keys: Keys, context: DetectionContext): Condition {
  if (typeof value !== "object" || value === null) return parseItem("", value, keys, context);
  const items = Object.entries(value);
  if (items.length === 0) throw new RuleFault("empty-selection", "The selection is an empty map.", keys);
  return conjunction(items.map(([key, item]) => parseItem(key, item, [...keys, key], context)));
}
