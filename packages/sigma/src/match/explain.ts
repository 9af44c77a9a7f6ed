import type { Condition, ValueTest } from "../condition/tree.ts";
import type { SigmaEvent } from "../event.ts";
import type { Taxonomy } from "../taxonomy/types.ts";
import type { SigmaRule } from "../types.ts";
import { withWhere } from "./bucket.ts";
import { evaluate, type Outcome } from "./evaluate.ts";
import { completeSource } from "./matcher.ts";
import { readerFor } from "./reader.ts";
import { alternativesOf, fits, keyFinder, knownSource } from "./sources.ts";

/** One part of a rule's condition, and whether it holds of the event. */
export interface ExplainedPart {
  readonly kind: Condition["kind"];
  readonly matches: boolean;
  /** Name of the detection identifier that this part is. */
  readonly selection?: string;
  readonly field?: string;
  /** What is asked of the field, in words: `contains "-enc"`. */
  readonly asks?: readonly string[];
  /** The value that passed; where none did, the value that is there. Absent: the event has none. */
  readonly value?: string;
  readonly parts: readonly ExplainedPart[];
}

export interface Explanation {
  readonly matches: boolean;
  /** False when the rule is for other sources of events; its condition is then not asked. */
  readonly sourceFits: boolean;
  readonly condition?: ExplainedPart;
}

const asksMax = 20;

/** Why a rule is, or is not, true of an event. @example explain(rule, event, defaultTaxonomy).condition?.parts */
export function explain(rule: SigmaRule, event: SigmaEvent, taxonomy: Taxonomy): Explanation {
  const known = knownSource(completeSource(event, taxonomy));
  const alternative = alternativesOf(rule.logsource, taxonomy).find((each) => fits(each, known));
  if (alternative === undefined) return { matches: false, sourceFits: false };
  const keysOf = keyFinder(rule.logsource, alternative, known, taxonomy);
  const reader = readerFor(event, keysOf, known, taxonomy);
  const outcome = evaluate(withWhere({ rule, alternative, keysOf }), reader);
  return { matches: outcome.result, sourceFits: true, condition: explainPart(outcome) };
}

function explainPart({ node, result, value, items }: Outcome): ExplainedPart {
  const asks = node.kind === "field" || node.kind === "keyword" ? node.tests.map(wordsOf) : undefined;
  return {
    kind: node.kind,
    matches: result,
    ...(node.selection === undefined ? {} : { selection: node.selection }),
    ...(node.kind === "field" ? { field: node.field } : {}),
    ...(asks === undefined ? {} : { asks: shortened(asks) }),
    ...(value === undefined ? {} : { value }),
    parts: items.map(explainPart),
  };
}

function shortened(asks: readonly string[]): readonly string[] {
  return asks.length <= asksMax ? asks : [...asks.slice(0, asksMax), `${asks.length - asksMax} more`];
}

function wordsOf(test: ValueTest): string {
  switch (test.op) {
    case "null":
      return "is missing or null";
    case "exists":
      return test.value ? "exists" : "does not exist";
    case "regex":
      return `matches /${test.pattern}/${test.flags}`;
    case "cidr":
      return `is in ${test.network}`;
    case "compare":
      return `${test.comparison} ${test.value}`;
    case "date-part":
      return `${test.part} ${test.comparison} ${test.value}`;
    case "field-ref":
      return `${test.how} the field ${test.field}`;
    case "wildcard": {
      const shown = test.pattern.map((part) => (typeof part === "string" ? part : "*?-"[part])).join("");
      return `is like ${JSON.stringify(shown)}`;
    }
    default:
      return `${test.op} ${JSON.stringify(test.value)}${test.cased ? " (case matters)" : ""}`;
  }
}
