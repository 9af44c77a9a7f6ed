import { getOrMake } from "@firebreak/model/collections";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import {
  type CorrelationMatch,
  type CorrelationRule,
  createCorrelator,
  type Level,
  levels,
} from "@firebreak/sigma";
import {
  correlationDetection,
  formatDetection,
  type Instant,
  type RuleColumns,
  ruleColumns,
} from "./detection.ts";
import type { HuntFile } from "./files.ts";
import { makeTasks } from "./parts.ts";
import type { PivotValue } from "./pivot.ts";
import { runTasks } from "./pool.ts";
import type { CachedRules } from "./rule-cache.ts";
import type { Found } from "./scan.ts";
import type { Filters } from "./settings.ts";
import { createSummary, type HuntSummary } from "./summary.ts";

export interface HuntOptions {
  readonly rules: CachedRules;
  readonly files: readonly HuntFile[];
  readonly filters: Filters;
  timeFor(file: HuntFile): TimeSettings;
  readonly threads: number;
  /** A formatted detection, in file order; of correlations, after the detection that completes it. */
  write(line: string, time: Instant | undefined): void;
  /** With `filters.pivot`: the values of an event in which a rule detected something. */
  onPivot?(values: readonly PivotValue[], rule: number, level: Level, time: Instant | undefined): void;
  onProgress?(doneBytes: number): void;
  onNote?(path: string, note: string): void;
}

/** Under this many bytes a thread costs more to start than it gives. */
const inlineBytes = 64 << 20;

/** Runs rules over files without a case; the same lines in the same order whatever the threads. */
export async function hunt(options: HuntOptions): Promise<HuntSummary> {
  const { rules, files, filters, write } = options;
  const { ruleSet } = rules;
  const correlator = createCorrelator(ruleSet.correlations, ruleSet.rules);
  const lowest = levels.indexOf(filters.minLevel);
  const summary = createSummary(ruleSet.rules.map(ruleColumns));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const columns = new Map<CorrelationRule, RuleColumns>();
  let doneBytes = 0;

  const correlated = (matches: readonly CorrelationMatch[]) => {
    for (const match of matches) {
      if (levels.indexOf(match.correlation.level) < lowest) continue;
      summary.add(
        getOrMake(columns, match.correlation, () => ruleColumns(match.correlation)),
        match.last,
        "",
      );
      if (!filters.pivot) write(formatDetection(correlationDetection(match), filters.format), match.last);
    }
  };
  const onFound = ({ rule, time, computer, isShown, line, values, ref, groups }: Found) => {
    if (isShown) summary.addRule(rule, time, computer);
    if (line !== "") write(line, time);
    if (values !== undefined) options.onPivot?.(values, rule, ruleSet.rules[rule]!.level, time);
    if (ref === undefined) return;
    correlated(
      correlator.push({ ruleId: ruleSet.rules[rule]!.id, ref, time, get: (field) => groups?.[field] }),
    );
  };
  const noted = new Set<string>();
  await runTasks({
    rules,
    filters,
    tasks: makeTasks(files, options.timeFor),
    threads: total < inlineBytes ? 1 : options.threads,
    onFound,
    onPart({ file, fromChunk = 0, toChunk = Number.POSITIVE_INFINITY }, { records, notes }) {
      summary.records += records;
      const bytes = Math.max(0, Math.min(file.bytes, toChunk * 65_536) - fromChunk * 65_536);
      doneBytes += bytes;
      options.onProgress?.(Math.min(doneBytes, total));
      for (const note of notes) {
        // The parts of one large file often say the same.
        const key = `${file.path}\0${note.slice(0, note.indexOf(":"))}`;
        if (noted.has(key) || noted.size > 10_000) continue;
        noted.add(key);
        options.onNote?.(file.path, note);
      }
    },
  });
  correlated(correlator.flush());
  return summary.finish(files.length, total);
}
