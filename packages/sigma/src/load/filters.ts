import type { Diagnostic, LogSource, SigmaFilter, SigmaRule } from "../types.ts";

/**
 * Applies filters to rules: `(rule) and (filter's condition)`, literally, as pySigma does. So a filter that excludes
 * says `condition: not selection`.
 */
export function applyFilters(
  rules: readonly SigmaRule[],
  filters: readonly SigmaFilter[],
): { rules: SigmaRule[]; diagnostics: Diagnostic[] } {
  if (filters.length === 0) return { rules: [...rules], diagnostics: [] };
  const counts = new Map(filters.map((filter) => [filter, 0]));
  const filtered = rules.map((rule) => {
    const own = filters.filter((filter) => names(filter, rule) && isWithin(rule.logsource, filter.logsource));
    if (own.length === 0) return rule;
    for (const filter of own) counts.set(filter, counts.get(filter)! + 1);
    const items = [rule.condition, ...own.map((filter) => filter.condition)];
    return {
      ...rule,
      condition: { kind: "and" as const, items },
      filteredBy: own.map((filter) => filter.title),
    };
  });
  const diagnostics: Diagnostic[] = [];
  for (const [filter, count] of counts) {
    if (count > 0) continue;
    const message = `The filter ${JSON.stringify(filter.title)} fits no loaded rule.`;
    const next = "Check the ids under filter.rules, and that the filter's log source contains the rule's.";
    const place = { file: filter.path, line: filter.line, column: 1 };
    diagnostics.push({ code: "filter-unused", severity: "warning", message, ...place, next });
  }
  return { rules: filtered, diagnostics };
}

function names(filter: SigmaFilter, rule: SigmaRule): boolean {
  if (filter.rules === "any") return true;
  return filter.rules.some((name) => name === rule.name || name.toLowerCase() === rule.id.toLowerCase());
}

/** True when every attribute that `outer` names has the same value in `inner`. */
export function isWithin(inner: LogSource, outer: LogSource): boolean {
  return (
    (outer.product === undefined || outer.product === inner.product) &&
    (outer.category === undefined || outer.category === inner.category) &&
    (outer.service === undefined || outer.service === inner.service)
  );
}
