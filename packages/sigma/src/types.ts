import type { Condition } from "./condition/tree.ts";
import type { CorrelationRule } from "./correlation/types.ts";

/** A typed, located problem in a rule. Never an exception. Same shape as the other packages' diagnostics. */
export interface Diagnostic {
  /** Stable kebab-case code, e.g. "unknown-modifier". */
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
  /** What the user can do about it. */
  readonly next?: string;
}

/** Sigma's five levels, lowest first. */
export const levels = ["informational", "low", "medium", "high", "critical"] as const;
export type Level = (typeof levels)[number];

export const statuses = ["stable", "test", "experimental", "deprecated", "unsupported"] as const;
export type Status = (typeof statuses)[number];

/** The log source a rule names; values lower-cased. An attribute that is absent is not asked for. */
export interface LogSource {
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
}

/** What every kind of rule document says about itself. */
export interface RuleMetadata {
  /** The document's id; without one its name, or "sha256:" and 16 hex digits of the text. */
  readonly id: string;
  readonly name?: string;
  readonly title: string;
  /** "medium" when the document states none (`levelStated` is then false). */
  readonly level: Level;
  readonly levelStated: boolean;
  /** "test" when the document states none. */
  readonly status: Status;
  readonly description: string;
  readonly author: string;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  /** ATT&CK technique ids from the tags, upper-case, old ids translated, in order, no repeats: "T1059.001". */
  readonly techniques: readonly string[];
  readonly falsepositives: readonly string[];
  /** Fields an analyst wants to see of a matched event. */
  readonly fields: readonly string[];
  /** SHA-256 of the document's own text, 64 lower-case hex digits. */
  readonly sha256: string;
  readonly path: string;
  /** 1-based line of the document's first key. */
  readonly line: number;
}

/** A rule over one event, compiled to a filter tree. */
export interface SigmaRule extends RuleMetadata {
  readonly kind: "rule";
  readonly logsource: LogSource;
  /** True when exactly these events match; filters already applied. */
  readonly condition: Condition;
  /** Condition text(s) as written, for people. */
  readonly conditionText: readonly string[];
  /** Names of the filters that were applied. */
  readonly filteredBy: readonly string[];
}

/** A `filter:` document: `(rule) and (condition)` for each rule it names. */
export interface SigmaFilter extends RuleMetadata {
  readonly kind: "filter";
  readonly logsource: LogSource;
  /** Ids or names; "any" is every rule of the log source. */
  readonly rules: "any" | readonly string[];
  readonly condition: Condition;
  readonly conditionText: readonly string[];
}

export interface RuleSet {
  readonly rules: SigmaRule[];
  readonly correlations: CorrelationRule[];
  readonly filters: SigmaFilter[];
  readonly diagnostics: Diagnostic[];
}

/** One YAML file of rules; `text` may hold several documents. */
export interface RuleText {
  readonly path: string;
  readonly text: string;
}

export interface LoadOptions {
  /** Leave out rules below this level. */
  readonly minLevel?: Level;
  /** Statuses to keep; default: stable, test and experimental. */
  readonly includeStatus?: readonly Status[];
  /** Leave out rules with one of these tags (exact, case-insensitive). */
  readonly excludeTags?: readonly string[];
  /** Keep rules of these products, and rules that name no product. */
  readonly products?: readonly string[];
  /** Values for `expand`: `{ Administrators: ["alice", "adm-*"] }`. Names compare case-insensitively. */
  readonly placeholders?: Readonly<Record<string, readonly string[]>>;
  /** Old ATT&CK technique id → current one: `{ T1086: "T1059.001" }`. Both upper-case. */
  readonly techniqueAliases?: Readonly<Record<string, string>>;
}
