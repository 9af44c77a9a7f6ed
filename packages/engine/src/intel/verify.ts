import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readLedger } from "@firebreak/ledger";
import { caseFiles } from "../case/layout.ts";
import { answerFile, keptRecords, sha256Of } from "./records.ts";

/** Holds every kept answer against the hash that the ledger has of it, and finds files that no entry names. */
export function keptAnswerProblems(dir: string): { kept: number; problems: string[] } {
  const named = new Set(keptRecords(readLedger(dir).entries).flatMap(({ sha256 }) => sha256 ?? []));
  const problems: string[] = [];
  for (const sha256 of named) {
    const file = answerFile(dir, sha256);
    if (!existsSync(file)) problems.push(`${caseFiles.answers}/${sha256}: named by the ledger, and missing`);
    else if (sha256Of(readFileSync(file)) !== sha256)
      problems.push(`${caseFiles.answers}/${sha256}: changed since it was kept`);
  }
  const folder = join(dir, caseFiles.answers);
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : [])
    if (!named.has(name)) problems.push(`${caseFiles.answers}/${name}: no entry of the ledger names it`);
  return { kept: named.size, problems };
}
