import type { FieldValue, ParsedEvent } from "@firebreak/model/event";
import { compileMatcher, createCorrelator, type RuleSet } from "@firebreak/sigma";
import { loadFacets } from "./facets.ts";
import { FieldsEvent } from "./fields-event.ts";
import { taxonomy } from "./taxonomy.ts";

export interface DetectorSettings {
  /** Plain data, loaded once: rule numbers (positions in `rules`) then mean the same in every thread. */
  ruleSet: RuleSet;
}

/** `groups` are the values that correlations group or compute by, undefined for a rule that none asks about. */
export type OnMatch = (rule: number, groups: Record<string, FieldValue> | undefined) => void;

export interface Detector {
  readonly ruleSet: RuleSet;
  detect(event: ParsedEvent, onMatch: OnMatch): void;
}

/** Matches events against all rules; a match carries the values that correlations group or compute by. */
export function createDetector(settings: DetectorSettings): Detector {
  const { ruleSet } = settings;
  const matcher = compileMatcher(ruleSet, taxonomy);
  const facetsOf = loadFacets();
  const seen = new FieldsEvent();
  const numbers = new Map(ruleSet.rules.map((rule, i) => [rule, i]));
  const correlator = createCorrelator(ruleSet.correlations, ruleSet.rules);
  const wanted = new Map(
    ruleSet.rules.flatMap((rule) => (correlator.wants(rule.id) ? [[rule, correlator.fields(rule.id)]] : [])),
  );
  return {
    ruleSet,
    detect(event, onMatch) {
      seen.read(event.fields, facetsOf(event));
      for (const found of matcher.match(seen)) {
        const fields = wanted.get(found.rule);
        onMatch(numbers.get(found.rule)!, fields && valuesOf(fields, (field) => found.get(field)));
      }
    },
  };
}

function valuesOf(
  fields: Iterable<string>,
  get: (field: string) => FieldValue | undefined,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = get(field);
    if (value !== undefined) values[field] = value;
  }
  return values;
}
