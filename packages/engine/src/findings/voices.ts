import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { ToldChain } from "./chains/chains.ts";
import { confidenceOf, type RuleTally } from "./detections.ts";
import { refOf } from "./rows.ts";

/** Findings in which two or more rules or steps of their own speak, by their id: the entity (lower case) that they are about. */
export type Voices = Map<string, string>;

const confidenceMax = 90;
/** Steps of so sure a chain are voices of their own. */
const sureChain = 85;

/**
 * Rules of high level whose records all stand in a chain are not told beside it (they would say the same twice); the chain
 * speaks for them, and is no less sure than they are. Each further rule with a record of its own adds a little.
 * Whom a chain is about is named by more than one voice then; whom one of its steps touches is not.
 */
export function withVoices(
  findings: readonly Finding[],
  tallies: readonly RuleTally[],
  chains: readonly ToldChain[],
): { findings: Finding[]; voices: Voices } {
  const high = tallies.filter(
    ({ rule, count, rows }) =>
      severityRank(rule.level) >= severityRank("high") && count === rows.length && count > 0,
  );
  const pivots = new Map(chains.map(({ finding, pivot }) => [finding.id, pivot]));
  const voices: Voices = new Map();
  const out = findings.map((finding) => {
    if (finding.kind !== "chain") return finding;
    const refs = new Set(finding.steps?.flatMap(({ events }) => events));
    const spoken = new Set<string>();
    let sure = finding.confidence;
    let own = 0;
    for (const { rule, rows } of high) {
      const records = rows.map(refOf);
      if (!records.every((ref) => refs.has(ref))) continue;
      sure = Math.max(sure, confidenceOf[rule.level]!);
      if (records.some((ref) => !spoken.has(ref))) own++;
      for (const ref of records) spoken.add(ref);
    }
    const isSure = finding.severity === "critical" && finding.confidence >= sureChain;
    if (own > 1 || isSure) voices.set(finding.id, pivots.get(finding.id) ?? "");
    const confidence = Math.max(finding.confidence, Math.min(confidenceMax, sure + 5 * Math.max(0, own - 1)));
    return { ...finding, confidence };
  });
  return { findings: out, voices };
}
