import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "@firebreak/engine/case/inputs";
import { investigate } from "@firebreak/engine/case/investigate";
import { caseFiles } from "@firebreak/engine/case/layout";
import { importDocuments } from "@firebreak/engine/intel/import";
import { say } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import { toolName } from "../version.ts";
import { type ReadingOptions, referenceMs } from "./shared.ts";

export interface FreshOptions extends ReadingOptions {
  case: string;
  org?: string;
}

/** The evidence given, or `evidence/` beside the alert's file, with `organisation.yml` and saved `intel/` answers there. */
export async function investigateFirst(alert: string, paths: string[], options: FreshOptions): Promise<void> {
  if (!existsSync(alert))
    throw new InputError(
      `${alert}: no such file, and ${options.case} is no investigated case whose queue could hold it`,
    );
  const beside = dirname(alert);
  const evidence = paths.length > 0 ? paths : [join(beside, "evidence")].filter((path) => existsSync(path));
  if (evidence.length === 0)
    throw new InputError(
      `${options.case} is fresh and there is no evidence: name it behind the alert, or put it into ${join(beside, "evidence")}`,
    );
  const org =
    options.org ??
    ["organisation.yml", "organisation.yaml", "organisation.json"]
      .map((name) => join(beside, name))
      .find((path) => existsSync(path));
  say(
    `${options.case} is fresh: ${evidence.join(", ")} is investigated first${org === undefined ? "" : `, with the organisation profile ${org}`}.`,
  );
  const reference = referenceMs(options);
  await investigate({
    paths: evidence,
    case: options.case,
    alert,
    tool: toolName,
    threads: availableParallelism(),
    now: () => new Date().toISOString(),
    progress: createProgress(Date.now),
    ...(org !== undefined && { org }),
    ...(options.timezone !== undefined && { timezone: options.timezone }),
    ...(reference !== undefined && { referenceMs: reference }),
    ...(options.password && { passwords: options.password }),
  });
  if (paths.length === 0) keepIntel(join(beside, "intel"), options.case);
  say(`Report: ${join(options.case, caseFiles.html)}.`);
}

/** Saved answers of threat intelligence beside the alert become the case's own. */
function keepIntel(folder: string, dir: string): void {
  if (!existsSync(folder)) return;
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  const results = importDocuments(dir, documents, { tool: toolName, now: () => new Date().toISOString() });
  for (const { document, kept, problems } of results) {
    for (const { description } of kept)
      say(`${join(folder, document.name ?? "")}: ${description}, kept in the case.`);
    for (const problem of problems) say(`${join(folder, document.name ?? "")}: ${problem}`);
  }
}
