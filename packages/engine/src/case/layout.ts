import { join } from "node:path";

/** Where things are in a case folder. */
export const caseFiles = {
  picture: "picture.json",
  store: "store/events.duckdb",
  receipts: "store/receipts.json",
  rejects: "store/rejects.ndjson",
  spool: "evidence/spool",
  organisation: "inputs/organisation",
  alert: "inputs/alert",
  dialects: "dialects",
  html: "reports/report.html",
  markdown: "reports/report.md",
  /** Kept answers of threat intelligence, each under its SHA-256. */
  answers: "intel/answers",
  working: "working",
} as const;

/**
 * Not part of what a seal covers: the chain protects the ledger itself, the lock is gone when the run ends, and kept
 * answers come after a seal: the ledger holds the hash of each.
 */
export const unsealed = ["ledger.jsonl", "ledger.head", "case.lock", "working", caseFiles.answers];

export function inCase(dir: string, file: keyof typeof caseFiles): string {
  return join(dir, caseFiles[file]);
}
