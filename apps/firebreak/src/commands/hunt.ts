import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { csvColumns, type HuntFormat } from "@firebreak/engine/hunt/detection";
import { findHuntFiles, type HuntFiles } from "@firebreak/engine/hunt/files";
import { hunt } from "@firebreak/engine/hunt/hunt";
import {
  builtInRulePaths,
  type CachedRules,
  defaultCacheDir,
  loadCachedRules,
} from "@firebreak/engine/hunt/rule-cache";
import { searchRules } from "@firebreak/engine/hunt/search";
import type { Filters } from "@firebreak/engine/hunt/settings";
import { createLineSorter } from "@firebreak/engine/hunt/sorter";
import { type Level, type RuleSet, serialiseRuleSet } from "@firebreak/sigma";
import { exitCodes } from "../exit.ts";
import { huntSummary } from "../terminal/hunt-summary.ts";
import { inert, print, say } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import { type RangeOptions, rangeOf } from "./range.ts";
import { type ReadingOptions, timeSettingsFor } from "./shared.ts";

interface Options extends ReadingOptions, RangeOptions {
  rules?: string[];
  format: HuntFormat;
  minLevel: Level;
  grep?: string;
  regex?: string;
  where?: string[];
  data?: true;
  sort?: true;
  threads?: number;
  cache?: string;
  summary: boolean;
}

export async function runHunt(paths: string[], options: Options): Promise<void> {
  const startedMs = performance.now();
  const search = searchRules(options);
  const rules = await rulesFor(options, search);
  const { ruleSet } = rules;
  if (ruleSet !== search)
    say(
      `${ruleSet.rules.length} rules and ${ruleSet.correlations.length} correlations; ${ruleSet.diagnostics.length} problems ('firebreak rules check' lists them)`,
    );
  const filters: Filters = {
    format: options.format,
    minLevel: options.minLevel,
    withData: options.data === true || ruleSet === search,
    ...rangeOf(options),
    ...(search !== undefined && ruleSet !== search && { search: { rules: search.rules } }),
  };
  const spoolDir = mkdtempSync(join(tmpdir(), "firebreak-"));
  try {
    const found = await findHuntFiles(paths, {
      spoolDir: join(spoolDir, "members"),
      ...(options.password && { passwords: options.password }),
    });
    sayFaults(found);
    const summary = await huntIn(found, options, filters, rules, spoolDir);
    if (options.summary) say(huntSummary(summary, performance.now() - startedMs));
    process.exitCode = summary.detections > 0 ? exitCodes.findings : exitCodes.nothingFound;
  } finally {
    rmSync(spoolDir, { recursive: true, force: true });
  }
}

/** A folder of damaged logs must not bury the summary. */
const notesShown = 25;

async function huntIn(
  { files }: HuntFiles,
  options: Options,
  filters: Filters,
  rules: CachedRules,
  spoolDir: string,
) {
  const timeFor = timeSettingsFor(options);
  const printLine = filters.format === "table" ? (line: string) => print(inert(line)) : print;
  const sorter = options.sort ? createLineSorter(spoolDir) : undefined;
  const progress = process.stderr.isTTY ? createProgress(() => performance.now()) : undefined;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let notes = 0;
  if (filters.format === "csv") print(`${csvColumns.join(",")}\n`);
  try {
    const summary = await hunt({
      rules,
      files,
      filters,
      timeFor,
      threads: options.threads ?? availableParallelism(),
      write: sorter === undefined ? printLine : sorter.add,
      onProgress: (done) => progress?.bytes(done, total),
      onNote: (path, note) => {
        if (notes++ < notesShown) say(`${path}: ${note}`);
      },
    });
    if (notes > notesShown) say(`${notes - notesShown} more notes on files are left out`);
    sorter?.finish(printLine);
    return summary;
  } finally {
    sorter?.close();
  }
}

/** The rules named; without any, what is searched for alone, or the built-in rules. */
async function rulesFor(options: Options, search: RuleSet | undefined): Promise<CachedRules> {
  if (options.rules === undefined && search !== undefined)
    return { ruleSet: search, text: serialiseRuleSet(search, "search"), key: "search" };
  return loadCachedRules(options.rules ?? builtInRulePaths, options.cache ?? defaultCacheDir());
}

function sayFaults({ faults, duplicates }: HuntFiles): void {
  for (const { path, reason, next } of faults) say(`${path}: ${reason}; ${next}`);
  for (const { path, of } of duplicates) say(`${path}: the same bytes as ${of}, read once`);
}
