import {
  compileMatcher,
  defaultTaxonomy,
  type EventSource,
  explain,
  type FieldValue,
  flatEvent,
  type LoadOptions,
  loadRules,
} from "../../src/index.ts";

/** name, event's fields, expected (true, false or the ids that match), event's source, raw text. */
export type ConformanceRow = [
  name: string,
  fields: Record<string, FieldValue>,
  expected: boolean | string[],
  source?: EventSource,
  raw?: string,
];

/** One rule and the events it is tried on; see README.md in this folder. */
export interface ConformanceCase {
  name: string;
  /** Section of the specification, or the choice made where it is silent. */
  spec: string;
  /** Text of the `detection:` section, or of the whole file when it has a `logsource:`. */
  rule: string;
  options?: LoadOptions;
  /** Source of every event that states none. */
  source?: EventSource;
  /** The rule must not load, with this error. */
  refused?: string;
  /** Line of that error. */
  line?: number;
  /** Codes of all diagnostics. */
  warns?: string[];
  rows?: ConformanceRow[];
}

const defaultSource: EventSource = { categories: ["test"] };

export function ruleTextOf({ rule }: ConformanceCase): string {
  if (/^logsource:/m.test(rule)) return rule;
  const indented = rule.replaceAll(/^(?=.)/gm, "  ");
  return `title: Rule\nid: rule\nlevel: low\nlogsource: {category: test}\ndetection:\n${indented}`;
}

/** Ids that match, by the matcher and by plain evaluation of every rule. The event is matched twice, for the caches. */
export function matchesOf(
  each: ConformanceCase,
  fields: Record<string, FieldValue>,
  source: EventSource = each.source ?? defaultSource,
  raw?: string,
): { matcher: string[]; oracle: string[] } {
  const set = loadRules([{ path: "rule.yml", text: ruleTextOf(each) }], each.options ?? {});
  const event = flatEvent(fields, source, raw);
  const matcher = compileMatcher(set, defaultTaxonomy);
  const ids = matcher.match(event).map(({ rule }) => rule.id);
  const again = matcher.match(event).map(({ rule }) => rule.id);
  if (ids.join() !== again.join()) throw new Error(`A second look differs: ${ids} and ${again}`);
  const oracle = set.rules.filter((rule) => explain(rule, event, defaultTaxonomy).matches);
  return { matcher: ids, oracle: oracle.map(({ id }) => id) };
}
