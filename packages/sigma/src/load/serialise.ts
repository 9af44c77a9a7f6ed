import { createHash } from "node:crypto";
import type { LoadOptions, RuleSet, RuleText } from "../types.ts";

/** Changes when a loaded rule would look different, so that a newer engine never reads an older cache. */
const format = "firebreak-sigma/1";

/**
 * A name for what `loadRules` would give: the same texts, order and options have the same key.
 * @example const key = ruleSetKey(sources, options); // 64 hex digits
 */
export function ruleSetKey(sources: Iterable<RuleText>, options: LoadOptions = {}): string {
  const hash = createHash("sha256").update(`${format}\n${canonical(options)}\n`);
  for (const { path, text } of sources) hash.update(`${JSON.stringify(path)} ${text.length}\n`).update(text);
  return hash.digest("hex");
}

/**
 * A loaded rule set as text, to be kept under its key: reading it back is many times faster than reading YAML. It is ASCII: one letter
 * beyond would make the text, of some megabytes, twice as large in memory and slower to read.
 */
export function serialiseRuleSet(set: RuleSet, key = ""): string {
  return JSON.stringify({ format, key, ...set }).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The set again, or undefined when the text is not a cache of this engine version and key. */
export function deserialiseRuleSet(text: string, key = ""): RuleSet | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const {
    format: own,
    key: ownKey,
    rules,
    correlations,
    filters,
    diagnostics,
  } = value as Record<string, unknown>;
  if (own !== format || ownKey !== key) return undefined;
  if (![rules, correlations, filters, diagnostics].every(Array.isArray)) return undefined;
  return { rules, correlations, filters, diagnostics } as RuleSet;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
