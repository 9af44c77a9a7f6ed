import type { FieldValue, ParsedEvent } from "@firebreak/model/event";
import {
  compileMatcher,
  createCorrelator,
  defaultTaxonomy,
  type RuleSet,
  type Taxonomy,
} from "@firebreak/sigma";
import { loadFacets } from "./facets.ts";
import { FieldsEvent } from "./fields-event.ts";

export interface DetectorSettings {
  /** Plain data, loaded once: rule numbers (positions in `rules`) then mean the same in every thread. */
  ruleSet: RuleSet;
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
  const { ruleSet } = settings;
  const matcher = compileMatcher(ruleSet, taxonomy);
  const facetsOf = loadFacets();
  const seen = new FieldsEvent();
  const numbers = new Map(ruleSet.rules.map((rule, i) => [rule, i]));
  const correlator = createCorrelator(ruleSet.correlations, ruleSet.rules);
  const wanted = new Map(ruleSet.rules.map((rule) => [rule, correlator.fields(rule.id)]));
  return {
    ruleSet,
    detect(event, onMatch) {
      seen.read(event.fields, facetsOf(event));
      for (const { rule, matched, get } of matcher.match(seen)) {
        const groups: Record<string, FieldValue> = {};
        for (const field of wanted.get(rule) ?? []) {
          const value = get(field);
          if (value !== undefined) groups[field] = value;
        }
        onMatch(numbers.get(rule)!, matched, groups);
      }
    },
  };
}
