import { holds } from "../expression.ts";
import type { Expression } from "../types.ts";
import type { Measure } from "./measure.ts";

/**
 * temporal: how many of the rules have an event in the window; with an expression, whether it is true of those rules.
 * @param position index in `rules` of a name in the expression
 */
export function countRules(
  ruleCount: number,
  boolean?: { expression: Expression; position: Map<string, number> },
): Measure {
  const uses = new Uint32Array(ruleCount);
  let present = 0;
  const measure: Measure = {
    add({ inputs }) {
      for (const input of inputs) if (uses[input]!++ === 0) present++;
    },
    remove({ inputs }) {
      for (const input of inputs) if (--uses[input]! === 0) present--;
    },
    value: () => present,
  };
  if (boolean === undefined) return measure;
  const isPresent = (rule: string) => uses[boolean.position.get(rule) ?? -1]! > 0;
  return { ...measure, holds: () => holds(boolean.expression, isPresent) };
}
