import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findHuntFiles, type HuntFiles } from "@firebreak/engine/hunt/files";
import { type MetricKind, MetricTally } from "@firebreak/engine/tally/metrics";
import type { RecordFacts } from "@firebreak/engine/tally/read";
import { tally } from "@firebreak/engine/tally/run";
import { SignInTally } from "@firebreak/engine/tally/sign-ins";
import type { Span } from "@firebreak/engine/tally/span";
import { countOf } from "@firebreak/model/collections";
import { formatInstant } from "@firebreak/model/time";
import { print, say } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import { renderRows, type TableFormat } from "../terminal/table.ts";
import { type RangeOptions, rangeOf } from "./range.ts";
import { exitCodeOf, type ReadingOptions, sayFound, timeSettingsFor } from "./shared.ts";

interface TallyOptions extends ReadingOptions, RangeOptions {
  format: TableFormat;
}

export async function runSignIns(paths: string[], options: TallyOptions): Promise<void> {
  const counts = new SignInTally();
  const found = await readAll(paths, options, (facts) => counts.add(facts));
  const rows = counts.rows().map((row) => ({
    Count: row.count,
    Outcome: row.outcome,
    Account: row.account,
    Source: row.source,
    Target: row.target,
    Method: row.method,
    ...times(row),
  }));
  const columns = ["Count", "Outcome", "Account", "Source", "Target", "Method", "First", "Last"];
  show(rows, columns, options.format, counts.omitted);
  process.exitCode = exitCodeOf(found, rows.length);
}

export async function runMetrics(paths: string[], options: TallyOptions & { by: MetricKind }): Promise<void> {
  const counts = new MetricTally(options.by);
  const found = await readAll(paths, options, (facts) => counts.add(facts));
  const isEvent = options.by === "event";
  const rows = counts.rows().map((row) => ({
    Count: row.count,
    ...(isEvent
      ? { Log: row.log, Event: row.code, Meaning: row.meaning }
      : { [options.by === "computer" ? "Computer" : "Log"]: row.name }),
    ...times(row),
  }));
  const names = isEvent ? ["Log", "Event", "Meaning"] : [options.by === "computer" ? "Computer" : "Log"];
  show(rows, ["Count", ...names, "First", "Last"], options.format, counts.omitted);
  process.exitCode = exitCodeOf(found, rows.length);
}

function times({ firstMs, lastMs }: Span): { First: string | null; Last: string | null } {
  const text = (ms: number | undefined) => (ms === undefined ? null : formatInstant({ ms, ns: 0 }));
  return { First: text(firstMs), Last: text(lastMs) };
}

function show(
  rows: readonly Record<string, string | number | null>[],
  columns: readonly string[],
  format: TableFormat,
  omitted: number,
): void {
  if (rows.length > 0) print(renderRows(rows, columns, format));
  if (omitted > 0)
    say(`${countOf(omitted, "record")} of further kinds are not in the table: there are too many.`);
}

/** A folder of damaged logs must not bury the table. */
const notesShown = 25;

async function readAll(
  paths: string[],
  options: TallyOptions,
  add: (facts: RecordFacts) => void,
): Promise<HuntFiles> {
  const spoolDir = mkdtempSync(join(tmpdir(), "firebreak-"));
  try {
    const found = await findHuntFiles(paths, {
      spoolDir,
      ...(options.password && { passwords: options.password }),
    });
    sayFound(found);
    const { files } = found;
    const progress = process.stderr.isTTY ? createProgress(() => performance.now()) : undefined;
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    let notes = 0;
    const records = tally(
      {
        files,
        timeFor: timeSettingsFor(options),
        ...rangeOf(options),
        onProgress: (done) => progress?.bytes(done, total),
        onNote: (path, note) => {
          if (notes++ < notesShown) say(`${path}: ${note}`);
        },
      },
      add,
    );
    if (notes > notesShown) say(`${notes - notesShown} more notes on files are left out`);
    say(`${countOf(files.length, "file")}, ${countOf(records, "record")} read`);
    return found;
  } finally {
    rmSync(spoolDir, { recursive: true, force: true });
  }
}
