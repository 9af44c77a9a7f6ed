import type { Condition } from "../condition/tree.ts";
import { parseCorrelation } from "../correlation/parse.ts";
import { classify } from "../load/classify.ts";
import { problem, type RuleDocument } from "../load/document.ts";
import { readFilter, readRule } from "../load/rule.ts";
import { loadRules } from "../load/rules.ts";
import { readYaml } from "../load/yaml.ts";
import { defaultTaxonomy } from "../taxonomy/default.ts";
import type { Taxonomy } from "../taxonomy/types.ts";
import type { Diagnostic, LoadOptions, RuleMetadata, RuleText, SigmaFilter, SigmaRule } from "../types.ts";
import { fieldChecker, fieldsOf } from "./fields.ts";
import { neverTrue } from "./never-true.ts";
import { lintSyntax } from "./syntax.ts";

/**
 * Everything that can be said against rules without an event: what loading says, and what is legal but probably not
 * meant. In order of file and line.
 * @example lintRules([{ path: "rules/mine.yml", text }]).filter(({ severity }) => severity !== "info")
 */
export function lintRules(
  sources: Iterable<RuleText>,
  options: LoadOptions = {},
  taxonomy: Taxonomy = defaultTaxonomy,
): Diagnostic[] {
  const all = [...sources];
  const everyStatus = ["stable", "test", "experimental", "deprecated", "unsupported"] as const;
  const found: Diagnostic[] = loadRules(all, { ...options, includeStatus: everyStatus }).diagnostics.slice();
  const suggest = fieldChecker(taxonomy);
  for (const source of all) {
    for (const document of classify(readYaml(source.path, source.text).documents, [])) {
      found.push(...lintSyntax(document.value, document.location, options.techniqueAliases ?? {}));
      found.push(...lintDocument(document, options, taxonomy, suggest));
    }
  }
  return inOrder(found);
}

function lintDocument(
  document: RuleDocument,
  options: LoadOptions,
  taxonomy: Taxonomy,
  suggest: (field: string) => string | undefined,
): Diagnostic[] {
  const { location } = document;
  if (document.kind === "correlation") {
    const { correlation } = parseCorrelation(document.value, location, options.techniqueAliases);
    return correlation === undefined ? [] : lintMetadata(document, correlation);
  }
  if (document.kind === "filter") {
    const filter = readFilter(document, options).item;
    return filter === undefined ? [] : lintFilter(document, filter);
  }
  const rule = readRule(document, options).item;
  if (rule === undefined) return [];
  const found = lintMetadata(document, rule);
  found.push(...lintRule(document, rule, taxonomy, suggest));
  return found;
}

function lintMetadata({ location, value }: RuleDocument, item: RuleMetadata): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (!item.levelStated && value.level === undefined) {
    const next = "State one of informational, low, medium, high, critical.";
    found.push(
      problem(location, "warning", "missing-level", "There is no level; medium is assumed.", [], next),
    );
  }
  if (value.id === undefined) {
    const next = "Give the rule a random UUID, so that others can refer to it.";
    found.push(problem(location, "info", "missing-id", "There is no id.", [], next));
  }
  return found;
}

function lintRule(
  { location }: RuleDocument,
  rule: SigmaRule,
  taxonomy: Taxonomy,
  suggest: (field: string) => string | undefined,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const reason = neverTrue(rule, taxonomy);
  if (reason !== undefined) {
    found.push(
      problem(location, "warning", "never-true", `${reason} The rule can match nothing.`, ["detection"]),
    );
  }
  // Other products' names are their own, whatever they look like.
  const isNamedAsWindows =
    rule.logsource.product === "windows" || rule.logsource.category === "process_creation";
  for (const field of isNamedAsWindows ? fieldsOf(rule.condition) : []) {
    const known = suggest(field);
    if (known === undefined) continue;
    const message = `The field ${JSON.stringify(field)} is not known.`;
    const next = `Is ${known} meant? Field names are case-sensitive.`;
    found.push(problem(location, "warning", "unknown-field", message, ["detection"], next));
  }
  return found;
}

function lintFilter({ location }: RuleDocument, filter: SigmaFilter): Diagnostic[] {
  if (hasNot(filter.condition)) return [];
  const message = 'The filter\'s condition has no "not": it keeps only the events it describes.';
  const next =
    'A filter is read as "(rule) and (condition)". To exclude events, write "condition: not selection".';
  return [problem(location, "warning", "filter-without-not", message, ["filter", "condition"], next)];
}

function hasNot(node: Condition): boolean {
  if (node.kind === "not") return true;
  return (node.kind === "and" || node.kind === "or") && node.items.some(hasNot);
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...diagnostics].sort(
    (a, b) =>
      compareText(a.file ?? "", b.file ?? "") ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compareText(a.code, b.code),
  );
}
