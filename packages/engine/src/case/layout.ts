import { join } from "node:path";

/** Where things are in a case folder. */
export const caseFiles = {
  picture: "picture.json",
  store: "store/events.duckdb",
  receipts: "store/receipts.json",
  spool: "evidence/spool",
  organisation: "inputs/organisation",
  alert: "inputs/alert",
  html: "reports/report.html",
  markdown: "reports/report.md",
  working: "working",
} as const;

/** Not part of what a seal covers: the chain protects the ledger itself, and the lock is gone when the run ends. */
export const unsealed = ["ledger.jsonl", "ledger.head", "case.lock", "working"];

export function inCase(dir: string, file: keyof typeof caseFiles): string {
  return join(dir, caseFiles[file]);
}
