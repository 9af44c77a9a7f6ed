/** A typed, located problem in data, a rule or a setting. Never an exception. */
export interface Diagnostic {
  /** Stable kebab-case code, e.g. "truncated-record", "unknown-modifier". */
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  /** What is wrong, in one sentence; values from evidence are quoted by the caller. */
  readonly message: string;
  readonly file?: string;
  /** Byte offset in the file. */
  readonly offset?: number;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
  /** What the user can do about it. */
  readonly next?: string;
}
