import type { Condition, KeywordTest, ValueTest } from "../condition/tree.ts";
import { fold } from "./fold.ts";
import { requiredLiterals } from "./regex-literals.ts";

/** A folded text that a field must hold (as its whole value when `whole`) for a rule to be true. */
export interface GuardLiteral {
  /** Sigma field; undefined: any value of the event. */
  readonly field: string | undefined;
  readonly text: string;
  readonly whole: boolean;
}

/** The rule is false unless one of these is there. */
export type Guard = readonly GuardLiteral[];

const literalsMax = 10_000;

/**
 * Every guard the condition gives: one per part of its top-level AND that has literals in all of its alternatives.
 * The caller takes the rarest.
 */
export function guardsOf(node: Condition): Guard[] {
  if (node.kind === "and") return node.items.flatMap(guardsOf);
  const guard = guardOf(node);
  return guard === undefined ? [] : [guard];
}

function guardOf(node: Condition): Guard | undefined {
  switch (node.kind) {
    case "field":
      return literals(node.tests, node.field);
    case "keyword":
      return literals(node.tests, undefined);
    case "and": {
      const guards = node.items.map(guardOf).filter((guard) => guard !== undefined);
      return guards.sort((a, b) => rarity(b) - rarity(a))[0];
    }
    case "or": {
      const all: GuardLiteral[] = [];
      for (const item of node.items) {
        const guard = guardOf(item);
        if (guard === undefined || all.length + guard.length > literalsMax) return undefined;
        all.push(...guard);
      }
      return all;
    }
    default:
      return undefined;
  }
}

/** Inside an alternative: few literals, the shortest of them long. */
function rarity(guard: Guard): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (const { text } of guard) if (text.length < shortest) shortest = text.length;
  return Math.min(shortest, 12) - guard.length / 2;
}

function literals(tests: readonly (ValueTest | KeywordTest)[], field: string | undefined): Guard | undefined {
  if (tests.length > literalsMax) return undefined;
  const found: GuardLiteral[] = [];
  for (const test of tests) {
    const texts = textsOf(test);
    const whole = test.op === "equals";
    if (texts === undefined || (!whole && texts.includes(""))) return undefined;
    for (const text of texts) found.push({ field, text: fold(text), whole });
  }
  return found;
}

function textsOf(test: ValueTest | KeywordTest): readonly string[] | undefined {
  switch (test.op) {
    case "equals":
    case "contains":
    case "startswith":
    case "endswith":
      return [test.value];
    case "wildcard": {
      const parts = test.pattern.filter((part) => typeof part === "string");
      return [parts.sort((a, b) => b.length - a.length)[0] ?? ""];
    }
    case "regex":
      return requiredLiterals(test.pattern);
    default:
      return undefined;
  }
}
