import { compareText } from "@firebreak/model/collections";
import { type Level, levels } from "@firebreak/sigma";
import type { Instant, RuleColumns } from "./detection.ts";

export interface Counted {
  readonly name: string;
  readonly count: number;
}

/** What a hunt found, in numbers. */
export interface HuntSummary {
  readonly files: number;
  readonly bytes: number;
  readonly records: number;
  readonly detections: number;
  /** Highest level first. */
  readonly byLevel: readonly { readonly level: Level; readonly detections: number; readonly rules: number }[];
  /** The most first; at most ten of each, and how many there are in all. */
  readonly computers: readonly Counted[];
  readonly computerCount: number;
  readonly techniques: readonly Counted[];
  readonly rules: readonly (Counted & { readonly level: Level })[];
  readonly ruleCount: number;
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
  /** Detections of equal spans of time from the first to the last. */
  readonly histogram: readonly number[];
}

export interface SummaryBuilder {
  records: number;
  /** `rule` is a position in the rules that the builder was made with. */
  addRule(rule: number, time: Instant | undefined, computer: string): void;
  add(rule: RuleColumns, time: Instant | undefined, computer: string): void;
  finish(files: number, bytes: number): HuntSummary;
}

const shownMax = 10;
const columns = 60;
const computersMax = 100_000;
const hourMs = 3_600_000;
/** Hours met; evidence of many centuries is left out of the histogram, not of the counts. */
const hoursMax = 200_000;

export function createSummary(ruleSet: readonly RuleColumns[]): SummaryBuilder {
  const counts = new Map<RuleColumns, number>();
  const computers = new Map<string, number>();
  const hours = new Map<number, number>();
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;

  const builder: SummaryBuilder = {
    records: 0,
    addRule: (rule, time, computer) => builder.add(ruleSet[rule]!, time, computer),
    add(rule, time, computer) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      if (computer !== "") {
        // Names differ by case between logs of one machine.
        const name = computer.toLowerCase();
        const known = computers.get(name);
        if (known !== undefined || computers.size < computersMax) computers.set(name, (known ?? 0) + 1);
      }
      if (time === undefined) return;
      firstMs = Math.min(firstMs, time.ms);
      lastMs = Math.max(lastMs, time.ms);
      const hour = Math.floor(time.ms / hourMs);
      const known = hours.get(hour);
      if (known !== undefined || hours.size < hoursMax) hours.set(hour, (known ?? 0) + 1);
    },
    finish(files, bytes) {
      const isDated = firstMs <= lastMs;
      return {
        files,
        bytes,
        records: builder.records,
        detections: [...counts.values()].reduce((sum, count) => sum + count, 0),
        byLevel: levelsOf(counts),
        computers: most(computers),
        computerCount: computers.size,
        techniques: most(techniquesOf(counts)),
        rules: rulesOf(counts),
        ruleCount: new Set([...counts.keys()].map(({ RuleId }) => RuleId)).size,
        firstMs: isDated ? firstMs : undefined,
        lastMs: isDated ? lastMs : undefined,
        histogram: isDated ? histogramOf(hours, firstMs, lastMs) : [],
      };
    },
  };
  return builder;
}

function levelsOf(counts: ReadonlyMap<RuleColumns, number>): HuntSummary["byLevel"] {
  return levels.toReversed().map((level) => {
    const own = [...counts].filter(([{ RuleLevel }]) => RuleLevel === level);
    return { level, detections: own.reduce((sum, [, count]) => sum + count, 0), rules: own.length };
  });
}

function techniquesOf(counts: ReadonlyMap<RuleColumns, number>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [{ Techniques }, count] of counts) {
    for (const technique of Techniques) found.set(technique, (found.get(technique) ?? 0) + count);
  }
  return found;
}

/** The gravest first, of one level the most frequent. */
function rulesOf(counts: ReadonlyMap<RuleColumns, number>): HuntSummary["rules"] {
  return [...counts]
    .map(([{ RuleTitle, RuleLevel }, count]) => ({ name: RuleTitle, level: RuleLevel, count }))
    .sort(
      (a, b) =>
        levels.indexOf(b.level) - levels.indexOf(a.level) || b.count - a.count || compareText(a.name, b.name),
    )
    .slice(0, shownMax);
}

function most(counts: ReadonlyMap<string, number>): Counted[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || compareText(a.name, b.name))
    .slice(0, shownMax);
}

function histogramOf(hours: ReadonlyMap<number, number>, firstMs: number, lastMs: number): number[] {
  const first = Math.floor(firstMs / hourMs);
  const span = Math.floor(lastMs / hourMs) - first + 1;
  const bins = new Array<number>(Math.min(columns, span)).fill(0);
  for (const [hour, count] of hours) {
    const bin = Math.min(bins.length - 1, Math.floor(((hour - first) / span) * bins.length));
    bins[bin] = bins[bin]! + count;
  }
  return bins;
}
