import { parseCorrelation } from "../correlation/parse.ts";
import type { CorrelationRule } from "../correlation/types.ts";
import type { Diagnostic, LoadOptions, RuleSet, RuleText, SigmaFilter, SigmaRule } from "../types.ts";
import { classify } from "./classify.ts";
import { applyFilters } from "./filters.ts";
import { readFilter, readRule } from "./rule.ts";
import { isWanted, selectRules } from "./select.ts";
import { readYaml } from "./yaml.ts";

/**
 * Reads rule files: rules, correlations and filters, several documents a file. Filters are applied to the rules.
 * What cannot be read or means nothing is left out and said in `diagnostics`; the rest is loaded. Never throws for
 * what a rule says.
 * @example loadRules([{ path: "rules/whoami.yml", text }], { minLevel: "low" })
 */
export function loadRules(sources: Iterable<RuleText>, options: LoadOptions = {}): RuleSet {
  const read = readAll(sources, options);
  const diagnostics = [...read.diagnostics];
  const rules = withoutRepeats(read.rules, diagnostics);
  const correlations = withoutRepeats(read.correlations, diagnostics);
  const selected = selectRules(rules, correlations, options);
  const filters = read.filters.filter((filter) =>
    isWanted(filter, { ...options, minLevel: "informational" }),
  );
  const filtered = applyFilters(selected.rules, filters);
  diagnostics.push(...filtered.diagnostics);
  return { rules: filtered.rules, correlations: selected.correlations, filters, diagnostics };
}

function readAll(sources: Iterable<RuleText>, options: LoadOptions): RuleSet {
  const set: RuleSet = { rules: [], correlations: [], filters: [], diagnostics: [] };
  for (const source of sources) {
    const file = readYaml(source.path, source.text);
    set.diagnostics.push(...file.diagnostics);
    for (const document of classify(file.documents, set.diagnostics)) {
      if (document.kind === "rule") {
        const { item, diagnostics } = readRule(document, options);
        if (item !== undefined) set.rules.push(item);
        set.diagnostics.push(...diagnostics);
      } else if (document.kind === "filter") {
        const { item, diagnostics } = readFilter(document, options);
        if (item !== undefined) set.filters.push(item);
        set.diagnostics.push(...diagnostics);
      } else {
        const outcome = parseCorrelation(document.value, document.location, options.techniqueAliases);
        if (outcome.correlation !== undefined) set.correlations.push(outcome.correlation);
        set.diagnostics.push(...outcome.diagnostics);
      }
    }
  }
  return set;
}

/** The first rule of an id stays. A repeat with the same text is no news; one with another text is. */
function withoutRepeats<T extends SigmaRule | CorrelationRule | SigmaFilter>(
  items: readonly T[],
  diagnostics: Diagnostic[],
): T[] {
  const byId = new Map<string, T>();
  for (const item of items) {
    const key = item.id.toLowerCase();
    const first = byId.get(key);
    if (first === undefined) {
      byId.set(key, item);
      continue;
    }
    const severity = first.sha256 === item.sha256 ? "info" : "warning";
    const message = `The id ${item.id} is already used by ${first.path}:${first.line}; this one is left out.`;
    const place = { file: item.path, line: item.line, column: 1 };
    diagnostics.push({ code: "duplicate-id", severity, message, ...place });
  }
  return [...byId.values()];
}
