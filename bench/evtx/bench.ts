/**
 * Speed of the EVTX reader on real logs, one thread, files in memory:
 *
 *   node bench/evtx/bench.ts logs/ [--against "evtx_dump -t 1 -o jsonl"] [--megabytes 256] [--rounds 5] [--only NAME]
 *
 * The files are read again and again until `megabytes` are done. Every figure is the median of the rounds; the rounds of all
 * measures are interleaved, so that a busy machine is busy for all of them. Processor time is given beside elapsed time.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type EvtxRecord, openEvtx } from "../../packages/evtx/src/index.ts";

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

const jsonLines = "JSON lines and checksums";

/** What is done with a record; the result keeps the work from being left out. */
const measures: Record<string, (record: EvtxRecord) => number> = {
  walk: () => 1,
  "walk and checksums": () => 1,
  "4 fields": (record) => {
    const data = record.get("EventData.TargetUserName") ?? record.get("EventData.Image");
    const lengths = (record.channel?.length ?? 0) + (record.provider?.length ?? 0);
    return lengths + (record.eventId ?? 0) + (data === undefined ? 0 : 1);
  },
  "all fields": (record) => {
    let count = 0;
    const add = () => {
      count++;
    };
    record.forEachSystem(add);
    record.forEachData(add);
    return count;
  },
  "JSON as bytes": (record) => record.jsonBytes().length,
  "JSON as text": (record) => record.jsonText().length,
  /** As `evtx dump` does it, checksums included: not record by record. */
  [jsonLines]: () => 1,
};

interface Timing {
  readonly elapsed: number;
  readonly processor: number;
}

const timings = new Map<string, Timing[]>();
let recordCount = 0;
const commandName = values.against ?? "";
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, work] of Object.entries(measures)) {
    if (values.only === undefined || values.only === name) measure(name, work);
  }
  if (values.against !== undefined) measureCommand(values.against);
}
report();

function measure(name: string, work: (record: EvtxRecord) => number): void {
  const checksums = name === "walk and checksums";
  const processorStart = process.cpuUsage();
  const start = performance.now();
  for (let pass = 0; pass < passes; pass++) {
    recordCount = 0;
    let check = 0;
    for (const file of files) {
      if (name === jsonLines) {
        recordCount += openEvtx(file).writeJson((bytes) => {
          check += bytes.length;
        });
        continue;
      }
      openEvtx(file, { checksums }).forEachRecord((record) => {
        recordCount++;
        check += work(record);
      });
    }
    if (check < recordCount) throw new Error("a record did nothing");
  }
  const elapsed = (performance.now() - start) / 1000 / passes;
  const { user, system } = process.cpuUsage(processorStart);
  keep(name, { elapsed, processor: (user + system) / 1e6 / passes });
}

function measureCommand(command: string): void {
  const [program, ...options] = command.split(" ");
  const processorStart = childSeconds();
  const start = performance.now();
  for (const path of paths) spawnSync(program!, [...options, path], { stdio: "ignore" });
  keep(commandName, {
    elapsed: (performance.now() - start) / 1000,
    processor: childSeconds() - processorStart,
  });
}

/** Processor time of all children so far, where Linux tells it (in hundredths of a second). */
function childSeconds(): number {
  if (!existsSync("/proc/self/stat")) return Number.NaN;
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function keep(name: string, timing: Timing): void {
  timings.set(name, [...(timings.get(name) ?? []), timing]);
}

function report(): void {
  const megabytes = totalBytes / 1e6;
  console.log(
    `${files.length} files, ${megabytes.toFixed(1)} MB, ${recordCount} records, ${passes} passes a round`,
  );
  console.log(
    `${"".padEnd(30)}${"MB/s".padStart(10)}${"records/s".padStart(12)}   of processor time: MB/s, records/s`,
  );
  for (const [name, rounds] of timings) {
    const elapsed = median(rounds.map((round) => round.elapsed));
    const processor = median(rounds.map((round) => round.processor));
    const cells = [
      megabytes / elapsed,
      recordCount / elapsed,
      megabytes / processor,
      recordCount / processor,
    ];
    const [a, b, c, d] = cells.map((cell) => Math.round(cell).toLocaleString("en"));
    console.log(
      `${name.slice(-30).padEnd(30)}${a!.padStart(10)}${b!.padStart(12)}${c!.padStart(12)}${d!.padStart(12)}`,
    );
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}

function evtxFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  return names.filter((name) => name.toLowerCase().endsWith(".evtx")).map((name) => join(path, name));
}
