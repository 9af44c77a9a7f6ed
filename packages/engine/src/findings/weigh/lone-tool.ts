import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";

/** Remote control, and services that run commands from afar: the tools of administrators and of those who pose as them. */
const dualUse = ["T1219", "T1569.002", "T1021.002", "T1021", "T1543.003", "T1072"];
const high = severityRank("high");
const medium = severityRank("medium");

/**
 * A tool of administrators that a rule found, on a machine of which nothing else of medium severity tells, in evidence without
 * anything of high severity: told low, at half the confidence. Once something serious is in the evidence it stays as it is.
 */
export function weighLoneTools(findings: readonly Finding[]): Finding[] {
  if (findings.some((finding) => isEvidence(finding) && severityRank(finding.severity) >= high))
    return [...findings];
  const suspects = new Set(
    findings
      .filter((finding) => isEvidence(finding) && severityRank(finding.severity) >= medium)
      .flatMap(partiesOf),
  );
  return findings.map((finding) =>
    isTool(finding) && !partiesOf(finding).some((party) => suspects.has(party)) ? lowered(finding) : finding,
  );
}

function isTool({ kind, severity, techniques }: Finding): boolean {
  return (
    kind === "detection" &&
    severityRank(severity) === medium &&
    techniques.length > 0 &&
    techniques.every(({ id }) => dualUse.some((own) => id === own || id.startsWith(`${own}.`)))
  );
}

/** The alert itself is what is to be judged, and tools do not speak for each other. */
function isEvidence(finding: Finding): boolean {
  return finding.kind !== "alert" && !isTool(finding);
}

function partiesOf({ entities }: Finding): string[] {
  return entities
    .filter(({ type, role }) => role !== "mentioned" && ["host", "account", "address"].includes(type))
    .map(({ type, value }) => `${type} ${value.toLowerCase()}`);
}

function lowered(finding: Finding): Finding {
  return {
    ...finding,
    severity: "low",
    confidence: Math.round(finding.confidence / 2),
    statement: `${finding.statement} Administrators and help desks use it, and nothing else of medium severity names the machine or the account: whether this was agreed is for the owner to say.`,
    alternatives: [
      "The organisation's own administration or support; its tickets of that day would tell.",
      ...finding.alternatives,
    ],
  };
}
