import type { Condition, KeywordTest, Pattern, ValueTest } from "../condition/tree.ts";
import { anyDash, dashes } from "../detection/pattern.ts";
import { fold } from "./fold.ts";
import { requiredLiterals } from "./regex-literals.ts";

/** Where in a value a literal has to stand. */
export type LiteralPlace = "anywhere" | "start" | "end" | "whole";

/** A folded text that a field must hold for a rule to be true. */
export interface GuardLiteral {
  /** Sigma field; undefined: any value of the event. */
  readonly field: string | undefined;
  readonly text: string;
  readonly place: LiteralPlace;
}

/** The rule is false unless one of these is there. */
export type Guard = readonly GuardLiteral[];

const literalsMax = 10_000;

/**
 * Every guard the condition gives: one per part of its top-level AND that has literals in all of its alternatives. Where an
 * alternative has several, the one of least `cost` is taken.
 */
export function guardsOf(node: Condition, cost: (guard: Guard) => number): Guard[] {
  if (node.kind === "and") return node.items.flatMap((item) => guardsOf(item, cost));
  const guard = guardOf(node, cost);
  return guard === undefined ? [] : [guard];
}

/** The guard of least cost; undefined when all cost too much. */
export function cheapest(guards: readonly Guard[], cost: (guard: Guard) => number): Guard | undefined {
  let best: Guard | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const guard of guards) {
    const own = cost(guard);
    if (own >= bestCost) continue;
    best = guard;
    bestCost = own;
  }
  return best;
}

function guardOf(node: Condition, cost: (guard: Guard) => number): Guard | undefined {
  switch (node.kind) {
    case "field":
      return literalsOf(node.tests, node.field);
    case "keyword":
      return literalsOf(node.tests, undefined);
    case "and":
      return cheapest(guardsOf(node, cost), cost);
    case "or": {
      const all: GuardLiteral[] = [];
      for (const item of node.items) {
        const guard = guardOf(item, cost);
        if (guard === undefined || all.length + guard.length > literalsMax) return undefined;
        all.push(...guard);
      }
      return all;
    }
    default:
      return undefined;
  }
}

/** Calls back with every literal of the condition that could be part of a guard. */
export function eachLiteral(node: Condition, visit: (literal: GuardLiteral) => void): void {
  switch (node.kind) {
    case "and":
    case "or":
      for (const item of node.items) eachLiteral(item, visit);
      break;
    case "field":
      for (const literal of literalsOf(node.tests, node.field) ?? []) visit(literal);
      break;
    case "keyword":
      for (const literal of literalsOf(node.tests, undefined) ?? []) visit(literal);
      break;
  }
}

/** A condition's node is asked several times. */
const known = new WeakMap<readonly (ValueTest | KeywordTest)[], Guard | "none">();

function literalsOf(
  tests: readonly (ValueTest | KeywordTest)[],
  field: string | undefined,
): Guard | undefined {
  let guard = known.get(tests);
  if (guard === undefined) {
    guard = makeLiterals(tests, field) ?? "none";
    known.set(tests, guard);
  }
  return guard === "none" ? undefined : guard;
}

function makeLiterals(
  tests: readonly (ValueTest | KeywordTest)[],
  field: string | undefined,
): Guard | undefined {
  if (tests.length > literalsMax) return undefined;
  const found: GuardLiteral[] = [];
  for (const test of tests) {
    const literals = literalsOfTest(test);
    if (literals === undefined) return undefined;
    for (const { text, place } of literals) {
      if (text === "" && place !== "whole") return undefined;
      // All values of an event may be searched as one.
      found.push({ field, text: fold(text), place: field === undefined ? "anywhere" : place });
    }
  }
  return found;
}

type Literal = Pick<GuardLiteral, "text" | "place">;

function literalsOfTest(test: ValueTest | KeywordTest): readonly Literal[] | undefined {
  switch (test.op) {
    case "equals":
      return [{ text: test.value, place: "whole" }];
    case "contains":
      return [{ text: test.value, place: "anywhere" }];
    case "startswith":
      return [{ text: test.value, place: "start" }];
    case "endswith":
      return [{ text: test.value, place: "end" }];
    case "wildcard":
      return literalsOfPattern(test.pattern);
    case "regex":
      return requiredLiterals(test.pattern)?.map((text) => ({ text, place: "anywhere" }));
    default:
      return undefined;
  }
}

/** The longest plain stretch of the pattern. A dash before it is taken along, as the five texts that it stands for. */
function literalsOfPattern(pattern: Pattern): readonly Literal[] {
  let best: readonly Literal[] = [{ text: "", place: "anywhere" }];
  pattern.forEach((part, at) => {
    if (typeof part !== "string") return;
    const hasDash = pattern[at - 1] === anyDash;
    const before = hasDash ? pattern[at - 2] : undefined;
    const head = typeof before === "string" ? before : "";
    const first = at - (hasDash ? 1 : 0) - (head === "" ? 0 : 1);
    const place = first === 0 ? "start" : at === pattern.length - 1 ? "end" : "anywhere";
    const texts = hasDash ? dashes.map((dash) => head + dash + part) : [part];
    if (texts[0]!.length > best[0]!.text.length) best = texts.map((text) => ({ text, place }));
  });
  return best;
}
