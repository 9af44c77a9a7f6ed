import type { Condition, KeywordTest, ValueTest } from "../condition/tree.ts";
import { fold } from "./fold.ts";

/** A folded text that a field must hold (as its whole value when `whole`) for a rule to be true. */
export interface GuardLiteral {
  /** Sigma field; undefined: any value of the event. */
  readonly field: string | undefined;
  readonly text: string;
  readonly whole: boolean;
}

/** The rule is false unless one of these is there. */
export type Guard = readonly GuardLiteral[];

/** Shorter texts are in almost every value. */
const textCharsMin = 3;
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
      return guards.sort((a, b) => a.length - b.length)[0];
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

function literals(tests: readonly (ValueTest | KeywordTest)[], field: string | undefined): Guard | undefined {
  if (tests.length > literalsMax) return undefined;
  const found: GuardLiteral[] = [];
  for (const test of tests) {
    const literal = literalOf(test, field);
    if (literal === undefined) return undefined;
    found.push(literal);
  }
  return found;
}

function literalOf(test: ValueTest | KeywordTest, field: string | undefined): GuardLiteral | undefined {
  switch (test.op) {
    case "equals":
      return { field, text: fold(test.value), whole: true };
    case "contains":
    case "startswith":
    case "endswith":
      return partial(fold(test.value), field);
    case "wildcard": {
      const parts = test.pattern.filter((part) => typeof part === "string").map(fold);
      return partial(parts.sort((a, b) => b.length - a.length)[0] ?? "", field);
    }
    default:
      return undefined;
  }
}

function partial(text: string, field: string | undefined): GuardLiteral | undefined {
  return text.length < textCharsMin ? undefined : { field, text, whole: false };
}
