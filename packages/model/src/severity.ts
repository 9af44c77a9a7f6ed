/** Sigma's five levels, lowest first. */
export const severities = ["informational", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}
