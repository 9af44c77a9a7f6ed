import { getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { RuleTally } from "./detections.ts";
import { refOf } from "./rows.ts";
import type { Scene } from "./scene.ts";

/**
 * Findings with the techniques that rules of low level or more see in the events which they cite: a chain tells that a command
 * ran, the rule that matched it tells which technique it was.
 */
export function withRuleTechniques(
  scene: Scene,
  findings: readonly Finding[],
  tallies: readonly RuleTally[],
): Finding[] {
  const byRef = new Map<string, Set<string>>();
  for (const { rule, rows } of tallies) {
    if (rule.techniques.length === 0 || severityRank(rule.level) < severityRank("low")) continue;
    for (const row of rows) {
      const ids = getOrMake(byRef, refOf(row), () => new Set<string>());
      for (const id of rule.techniques) ids.add(id);
    }
  }
  return findings.map((finding) => {
    const seen = new Map<string, string[]>();
    for (const { ref } of finding.events)
      for (const id of byRef.get(ref) ?? []) getOrMake(seen, id, () => []).push(ref);
    const known = new Set(finding.techniques.map(({ id }) => id));
    const added = [...seen]
      .filter(([id]) => !known.has(id))
      .map(([id, events]) => ({ id, name: scene.attack.nameOf(id), events }));
    return added.length === 0
      ? finding
      : { ...finding, techniques: [...finding.techniques, ...added.sort((a, b) => (a.id < b.id ? -1 : 1))] };
  });
}
