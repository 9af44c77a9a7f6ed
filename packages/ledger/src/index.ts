export { canonicalJson, type JsonValue } from "./canonical.ts";
export { emptyHead, hashEntry, type LedgerDraft, type LedgerEntry, type LedgerHead } from "./entry.ts";
export { type Ledger, openLedger } from "./ledger.ts";
export { acquireLock, type CaseLock } from "./lock.ts";
export { type MergedEntry, type MergedLedger, mergeLedgers } from "./merge.ts";
export { LedgerError, type Problem, type ProblemCode } from "./problem.ts";
export {
  type Seal,
  type SealedFile,
  type SealOptions,
  type SealVerdict,
  sealFiles,
  verifySeal,
} from "./seal.ts";
export { type LedgerRead, type LedgerVerdict, readLedger, verifyLedger } from "./verify.ts";
