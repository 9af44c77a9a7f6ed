import { Budget, type Limits } from "./limits.ts";

/** A rule set that tells which of its rules match bytes; made by the caller, since it may need a native library. */
export interface YaraScanner {
  /** Nothing when the bytes are more than it searches. */
  scan(bytes: Uint8Array): { rule: string; offset?: number }[] | undefined;
}

/** What one triage shares over all its parts. */
export interface Run {
  readonly budget: Budget;
  /** Tried on encrypted archives and documents, in this order. */
  readonly passwords: readonly string[];
  readonly yara?: YaraScanner;
  /** SHA-256 of parts that were examined already: a part that contains itself ends here. */
  readonly seen: Map<string, string>;
}

export function startRun(options: {
  limits: Limits;
  passwords: readonly string[];
  now: () => number;
  yara?: YaraScanner;
}): Run {
  const { limits, passwords, now, yara } = options;
  return { budget: new Budget(limits, now), passwords, seen: new Map(), ...(yara && { yara }) };
}
