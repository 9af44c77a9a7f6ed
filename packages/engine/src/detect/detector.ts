import { getOrMake } from "@firebreak/model/collections";
import type { FieldValue, ParsedEvent } from "@firebreak/model/event";
import {
  compileMatcher,
  defaultTaxonomy,
  flatEvent,
  type RuleSet,
  type SigmaRule,
  type Taxonomy,
} from "@firebreak/sigma";
import { loadFacets } from "./facets.ts";
import type { RuleText } from "./rule-files.ts";
import { loadRuleTexts } from "./rules.ts";

export interface DetectorSettings {
  /** All rule documents, in the order that numbers them. */
  rules: readonly RuleText[];
}

export type OnMatch = (
  rule: number,
  matched: Record<string, string>,
  groups: Record<string, FieldValue>,
) => void;

export interface Detector {
  readonly ruleSet: RuleSet;
  detect(event: ParsedEvent, onMatch: OnMatch): void;
}

/** The default taxonomy, with our place for vendor fields and a log source that every event has. */
export const taxonomy: Taxonomy = {
  ...defaultTaxonomy,
  logSources: [...defaultTaxonomy.logSources, { when: { category: "any_event" }, alternatives: [{}] }],
  fallbackPrefixes: [...new Set([...defaultTaxonomy.fallbackPrefixes, "firebreak.raw."])],
};

/** Matches events against all rules; a match carries the values that correlations group or compute by. */
export function createDetector(settings: DetectorSettings): Detector {
  const ruleSet = loadRuleTexts(settings.rules);
  const matcher = compileMatcher(ruleSet, taxonomy);
  const facetsOf = loadFacets();
  const numbers = new Map(ruleSet.rules.map((rule, i) => [rule, i]));
  const wanted = correlationFields(ruleSet);
  return {
    ruleSet,
    detect(event, onMatch) {
      const seen = flatEvent(event.fields, facetsOf(event));
      for (const { rule, matched } of matcher.match(seen)) {
        const groups: Record<string, FieldValue> = {};
        for (const field of wanted.get(rule) ?? []) {
          const value = matcher.fieldValue(rule, field, seen);
          if (value !== undefined) groups[field] = value;
        }
        onMatch(numbers.get(rule)!, matched, groups);
      }
    },
  };
}

/** Which fields of a rule's events its correlations need: group-by, aliases, and the fields counted or summed. */
function correlationFields(ruleSet: RuleSet): Map<SigmaRule, string[]> {
  const fields = new Map<SigmaRule, Set<string>>();
  for (const correlation of ruleSet.correlations) {
    for (const reference of correlation.rules) {
      const rule = ruleSet.rules.find(({ id, name }) => id === reference || name === reference);
      if (!rule) continue;
      const wanted = getOrMake(fields, rule, () => new Set<string>());
      for (const field of correlation.groupBy) wanted.add(correlation.aliases[field]?.[reference] ?? field);
      if (correlation.condition.kind === "threshold")
        for (const field of correlation.condition.fields) wanted.add(field);
    }
  }
  return new Map([...fields].map(([rule, names]) => [rule, [...names]]));
}
