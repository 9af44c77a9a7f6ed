/**
 * Speed of the EVTX reader on real logs, one thread, files in memory:
 *
 *   node bench/evtx/bench.ts logs/ [--against "evtx_dump -t 1 -o jsonl"] [--megabytes 256] [--rounds 5]
 *
 * The files are read again and again until `megabytes` are done; every figure is the median of the rounds, and the rounds
 * of all measures are interleaved. Repeating few files flatters caches: see README.md beside this file.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type EvtxFile, openEvtx } from "../../packages/evtx/src/index.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: "string" },
    megabytes: { type: "string", default: "256" },
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
  },
});
if (positionals.length === 0) {
  console.error('usage: node bench/evtx/bench.ts PATH... [--against "COMMAND"] [--megabytes N] [--rounds N]');
  process.exit(2);
}
const paths = positionals.flatMap(evtxFiles);
const files = paths.map((path) => readFileSync(path));
const totalBytes = files.reduce((sum, file) => sum + file.length, 0);
const passes = Math.max(1, Math.round((Number(values.megabytes) * 1e6) / totalBytes));

/** One pass over one file: the number of records, and something that depends on what was decoded. */
type Measure = (file: EvtxFile) => { records: number; check: number };

const measures: Record<string, { run: Measure; checksums: boolean }> = {
  walk: { checksums: false, run: (file) => visit(file, () => 1) },
  "walk with checksums": { checksums: true, run: (file) => visit(file, () => 1) },
  "4 fields": {
    checksums: false,
    run: (file) =>
      visit(file, (record) => {
        const data = record.get("EventData.TargetUserName") ?? record.get("EventData.Image");
        const provider = record.provider?.length ?? 0;
        return (
          (record.channel?.length ?? 0) + (record.eventId ?? 0) + provider + (data === undefined ? 0 : 1)
        );
      }),
  },
  "all fields": {
    checksums: false,
    run: (file) =>
      visit(file, (record) => {
        let count = 0;
        const add = () => {
          count++;
        };
        record.forEachSystem(add);
        record.forEachData(add);
        return count;
      }),
  },
  "JSON text": { checksums: false, run: (file) => visit(file, (record) => record.jsonText().length) },
};

const seconds = new Map<string, number[]>();
const counts = new Map<string, number>();
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, measure] of Object.entries(measures)) {
    if (values.only === undefined || values.only === name)
      time(name, passes, () => runMeasure(name, measure));
  }
  if (values.against !== undefined) time("against", 1, () => runCommand(values.against!));
}
report();

function runMeasure(name: string, measure: { run: Measure; checksums: boolean }): void {
  let records = 0;
  for (const file of files) records += measure.run(openEvtx(file, { checksums: measure.checksums })).records;
  counts.set(name, records);
}

function runCommand(command: string): void {
  const [program, ...options] = command.split(" ");
  for (const path of paths) spawnSync(program!, [...options, path], { stdio: "ignore" });
}

function time(name: string, repeats: number, run: () => void): void {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run();
  const perPass = (performance.now() - start) / 1000 / repeats;
  seconds.set(name, [...(seconds.get(name) ?? []), perPass]);
}

function visit(file: EvtxFile, each: Parameters<typeof count>[1]): { records: number; check: number } {
  return count(file, each);
}

function count(
  file: EvtxFile,
  each: (record: Parameters<Parameters<EvtxFile["forEachRecord"]>[0]>[0]) => number,
): { records: number; check: number } {
  let records = 0;
  let check = 0;
  file.forEachRecord((record) => {
    records++;
    check += each(record);
  });
  return { records, check };
}

function report(): void {
  console.log(`${files.length} files, ${(totalBytes / 1e6).toFixed(1)} MB, ${passes} passes a round`);
  for (const [name, rounds] of seconds) {
    const median = medianOf(rounds);
    const records = counts.get(name);
    const rate =
      records === undefined ? "" : `, ${Math.round(records / median).toLocaleString("en")} records/s`;
    console.log(`${name.padEnd(22)} ${(totalBytes / 1e6 / median).toFixed(0).padStart(6)} MB/s${rate}`);
  }
  const against = seconds.get("against");
  const json = seconds.get("JSON text");
  if (against !== undefined && json !== undefined) {
    const ratio = medianOf(against) / medianOf(json);
    console.log(`JSON text against "${values.against}": ${ratio.toFixed(2)} times its speed`);
  }
}

function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}

function evtxFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  return names.filter((name) => name.toLowerCase().endsWith(".evtx")).map((name) => join(path, name));
}
