/** Rules that cannot be read: the user's to mend. */
export class RuleSourceError extends Error {
  readonly code = "rule-source";
}
