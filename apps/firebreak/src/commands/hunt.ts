import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { csvColumns, type HuntFormat } from "@firebreak/engine/hunt/detection";
import { findHuntFiles, type HuntFiles } from "@firebreak/engine/hunt/files";
import { hunt } from "@firebreak/engine/hunt/hunt";
import { PivotLists } from "@firebreak/engine/hunt/pivot";
import {
  builtInRulePaths,
  type CachedRules,
  defaultCacheDir,
  loadCachedRules,
} from "@firebreak/engine/hunt/rule-cache";
import { searchRules } from "@firebreak/engine/hunt/search";
import type { Filters } from "@firebreak/engine/hunt/settings";
import { createLineSorter } from "@firebreak/engine/hunt/sorter";
import { holdNursery } from "@firebreak/engine/threads/nursery";
import { countOf } from "@firebreak/model/collections";
import { formatInstant } from "@firebreak/model/time";
import type { Level, RuleSet } from "@firebreak/sigma";
import { huntSummary } from "../terminal/hunt-summary.ts";
import { inert, print, say } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import { renderRows } from "../terminal/table.ts";
import { type RangeOptions, rangeOf } from "./range.ts";
import { exitCodeOf, type ReadingOptions, sayFound, timeSettingsFor } from "./shared.ts";

interface Options extends ReadingOptions, RangeOptions {
  rules?: string[];
  format: HuntFormat;
  minLevel: Level;
  grep?: string;
  regex?: string;
  where?: string[];
  data?: true;
  sort?: true;
  pivot?: true;
  threads?: number;
  cache?: string;
  summary: boolean;
}

export async function runHunt(paths: string[], options: Options): Promise<void> {
  const startedMs = performance.now();
  // Rules stay: the nursery would grow while they are read, and they are copied out of it all the same.
  holdNursery(0);
  const search = searchRules(options);
  const rules = await rulesFor(options, search);
  const { ruleSet } = rules;
  if (ruleSet !== search)
    say(
      `${countOf(ruleSet.rules.length, "rule")} and ${countOf(ruleSet.correlations.length, "correlation")}; ${countOf(ruleSet.diagnostics.length, "problem")} ('firebreak rules check' lists them)`,
    );
  const filters: Filters = {
    format: options.format,
    minLevel: options.minLevel,
    withData: options.data === true || ruleSet === search,
    ...(options.pivot && { pivot: true }),
    ...rangeOf(options),
    ...(search !== undefined && ruleSet !== search && { search: { rules: search.rules } }),
  };
  const spoolDir = mkdtempSync(join(tmpdir(), "firebreak-"));
  try {
    const found = await findHuntFiles(paths, {
      spoolDir: join(spoolDir, "members"),
      ...(options.password && { passwords: options.password }),
    });
    sayFound(found);
    const summary = await huntIn(found, options, filters, rules, spoolDir);
    if (options.summary) say(huntSummary(summary, performance.now() - startedMs));
    process.exitCode = exitCodeOf(found, summary.detections);
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
  const pivot = filters.pivot ? new PivotLists() : undefined;
  if (filters.format === "csv" && pivot === undefined) print(`${csvColumns.join(",")}\n`);
  try {
    const summary = await hunt({
      rules,
      files,
      filters,
      timeFor,
      threads: options.threads ?? availableParallelism(),
      write: sorter === undefined ? printLine : sorter.add,
      ...(pivot && { onPivot: pivot.add.bind(pivot) }),
      onProgress: (done) => progress?.bytes(done, total),
      onNote: (path, note) => {
        if (notes++ < notesShown) say(`${path}: ${note}`);
      },
    });
    if (notes > notesShown) say(`${notes - notesShown} more notes on files are left out`);
    sorter?.finish(printLine);
    if (pivot !== undefined) printPivot(pivot, filters.format);
    return summary;
  } finally {
    sorter?.close();
  }
}

function printPivot(lists: PivotLists, format: HuntFormat): void {
  const time = (ms: number | undefined) => (ms === undefined ? null : formatInstant({ ms, ns: 0 }));
  const rows = lists.rows().map(({ kind, value, detections, rules, level, firstMs, lastMs }) => ({
    Kind: kind,
    Value: value,
    Level: level,
    Rules: rules,
    Detections: detections,
    First: time(firstMs),
    Last: time(lastMs),
  }));
  const columns = ["Kind", "Value", "Level", "Rules", "Detections", "First", "Last"];
  if (rows.length > 0) print(renderRows(rows, columns, format));
  if (lists.omitted > 0)
    say(`${lists.omitted} further mentions are not in the lists: there are too many values.`);
}

/** The rules named; without any, what is searched for alone, or the built-in rules. */
async function rulesFor(options: Options, search: RuleSet | undefined): Promise<CachedRules> {
  if (options.rules === undefined && search !== undefined) return { ruleSet: search, key: "search" };
  return loadCachedRules(options.rules ?? builtInRulePaths, options.cache ?? defaultCacheDir());
}
