import type { CardVerdict, Reason } from "./card.ts";

export const maliciousFrom = 60;
export const suspiciousFrom = 20;

/**
 * Weights of independent statements together: the chance that not all of them are wrong. Two weak signs make a stronger
 * one, and no number of weak signs outweighs a strong one by mere addition.
 */
export function combineWeights(weights: readonly number[]): number {
  const doubt = weights.reduce((left, weight) => left * (1 - Math.min(Math.max(weight, 0), 99) / 100), 1);
  // No number of sources makes a certainty.
  return Math.min(99, Math.round((1 - doubt) * 100));
}

export interface Standing {
  /** Sources that answered about the observable itself with an opinion on it. */
  readonly judging: number;
  /** Sources that said they do not know it. */
  readonly unknowing: number;
}

/** The verdict word with its confidence. Silence never becomes a verdict on the observable. */
export function verdictOf(
  reasons: readonly Reason[],
  { judging, unknowing }: Standing,
): { verdict: CardVerdict; confidence: number } {
  const score = combineWeights(reasons.map(({ weight }) => weight));
  if (score >= maliciousFrom) return { verdict: "malicious", confidence: score };
  if (score >= suspiciousFrom) return { verdict: "suspicious", confidence: score };
  // What several sources do not detect may be new, targeted, or on shared infrastructure: never more than even odds.
  if (judging > 0)
    return { verdict: "no detections", confidence: Math.max(5, Math.min(50, 15 + 10 * judging) - score) };
  if (unknowing > 0) return { verdict: "unknown", confidence: 0 };
  return { verdict: "not asked", confidence: 0 };
}
