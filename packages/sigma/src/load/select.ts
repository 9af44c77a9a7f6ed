import type { CorrelationRule } from "../correlation/types.ts";
import { type LoadOptions, levels, type RuleMetadata, type SigmaRule, type Status } from "../types.ts";

const defaultStatuses: readonly Status[] = ["stable", "test", "experimental"];

/**
 * Leaves out what the options do not want. A rule that a wanted correlation refers to always stays: the correlation
 * would be silent without it.
 */
export function selectRules(
  rules: readonly SigmaRule[],
  correlations: readonly CorrelationRule[],
  options: LoadOptions,
): { rules: SigmaRule[]; correlations: CorrelationRule[] } {
  const referenced = new Set<string>();
  const kept = new Set<CorrelationRule>();
  const keep = (correlation: CorrelationRule): void => {
    if (kept.has(correlation)) return;
    kept.add(correlation);
    for (const name of correlation.rules) {
      referenced.add(name);
      for (const inner of correlations) if (isNamed(inner, name)) keep(inner);
    }
  };
  for (const correlation of correlations) if (isWanted(correlation, options)) keep(correlation);
  return {
    rules: rules.filter(
      (rule) =>
        (isWanted(rule, options) && isOfProducts(rule, options.products)) ||
        referenced.has(rule.id) ||
        (rule.name !== undefined && referenced.has(rule.name)),
    ),
    correlations: correlations.filter((correlation) => kept.has(correlation)),
  };
}

export function isWanted(item: RuleMetadata, options: LoadOptions): boolean {
  if (!(options.includeStatus ?? defaultStatuses).includes(item.status)) return false;
  if (options.minLevel !== undefined && levels.indexOf(item.level) < levels.indexOf(options.minLevel))
    return false;
  const excluded = options.excludeTags ?? [];
  if (excluded.length === 0) return true;
  const tags = item.tags.map((tag) => tag.toLowerCase());
  return !excluded.some((tag) => tags.includes(tag.toLowerCase()));
}

function isOfProducts(rule: SigmaRule, products: readonly string[] | undefined): boolean {
  const { product } = rule.logsource;
  return (
    products === undefined || product === undefined || products.some((each) => each.toLowerCase() === product)
  );
}

function isNamed(item: RuleMetadata, name: string): boolean {
  return item.id === name || item.name === name;
}
