/**
 * What is wrong with a ledger or a seal. Same shape as the model's `Diagnostic`, repeated here because this package
 * depends on nothing, so that an auditor can read it alone.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly file?: string;
  /** Byte offset in the file. */
  readonly offset?: number;
  /** 1-based; in an intact ledger line N holds entry N. */
  readonly line?: number;
  readonly next?: string;
}

export type ProblemCode =
  | "entry-edited"
  | "entry-removed"
  | "entry-reordered"
  | "entry-repeated"
  | "entry-appended-by-hand"
  | "ledger-truncated"
  | "torn-line"
  | "torn-file-recorded"
  | "torn-file-unrecorded"
  | "torn-file-changed"
  | "head-missing"
  | "head-unreadable"
  | "head-mismatch"
  | "head-behind"
  | "write-unfinished"
  | "given-head-not-found"
  | "given-head-older"
  | "file-changed"
  | "file-missing"
  | "file-unexpected";

/** A fault of the environment or of the caller, never of evidence. */
export class LedgerError extends Error {
  readonly code:
    | "not-canonical"
    | "bad-entry"
    | "ledger-not-intact"
    | "ledger-changed"
    | "ledger-too-large"
    | "case-locked"
    | "lock-unreadable";
  readonly problems: readonly Problem[];

  constructor(code: LedgerError["code"], message: string, problems: readonly Problem[] = []) {
    super(message);
    this.name = "LedgerError";
    this.code = code;
    this.problems = problems;
  }
}
