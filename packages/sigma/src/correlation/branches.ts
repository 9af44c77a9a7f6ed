import type { Expression } from "./types.ts";

/** Branches of a boolean condition on temporal_ordered; each keeps its own series. */
export const maxOrderedBranches = 64;

/** One way to satisfy an expression: these rules have events, those have none. */
export interface Branch {
  readonly present: readonly string[];
  readonly absent: readonly string[];
}

/**
 * All ways to satisfy an expression (its disjunctive normal form, without contradictions), or undefined when there are
 * more than `max`.
 */
export function branchesOf(expression: Expression, max: number): readonly Branch[] | undefined {
  return expand(expression, false, max);
}

function expand(expression: Expression, isNegated: boolean, max: number): readonly Branch[] | undefined {
  if (expression.kind === "rule") {
    const { rule } = expression;
    return [isNegated ? { present: [], absent: [rule] } : { present: [rule], absent: [] }];
  }
  if (expression.kind === "not") return expand(expression.item, !isNegated, max);
  const isUnion = (expression.kind === "or") !== isNegated;
  let result: readonly Branch[] = isUnion ? [] : [{ present: [], absent: [] }];
  for (const item of expression.items) {
    const branches = expand(item, isNegated, max);
    if (branches === undefined) return undefined;
    result = isUnion ? [...result, ...branches] : product(result, branches);
    if (result.length > max) return undefined;
  }
  return result;
}

function product(left: readonly Branch[], right: readonly Branch[]): Branch[] {
  const result: Branch[] = [];
  for (const a of left) {
    for (const b of right) {
      const present = [...new Set([...a.present, ...b.present])];
      const absent = [...new Set([...a.absent, ...b.absent])];
      if (!present.some((rule) => absent.includes(rule))) result.push({ present, absent });
    }
  }
  return result;
}
