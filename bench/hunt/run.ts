/**
 * Measures the real command over event logs, and any other commands in turn with it on the same files:
 *
 *   npm run script bench/hunt/run.ts -- RULES LOGS [--runs N] [--file-mb N] [--against NAME=COMMAND]...
 *
 * LOGS is a folder of event logs, or a number of megabytes to generate (nothing in them repeats). A COMMAND is split at
 * spaces; {logs} and {rules} in it stand for the paths; one with {file} is run for each log in turn. All output is written
 * to a file. Prints medians of elapsed and of processor time, peak memory and ratios to the first.
 */
import { spawnSync } from "node:child_process";
import { closeSync, lstatSync, mkdtempSync, openSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generateLogs } from "./generate.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "5" },
    "file-mb": { type: "string", default: "64" },
    against: { type: "string", multiple: true, default: [] },
  },
});
const [rules, logs] = positionals;
if (rules === undefined || logs === undefined) {
  console.error(
    "usage: node bench/hunt/run.ts RULES LOGS|MEGABYTES [--runs N] [--file-mb N] [--against NAME=COMMAND]...",
  );
  process.exit(2);
}
const firebreak = fileURLToPath(new URL("../../apps/firebreak/bin/firebreak.mjs", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "firebreak-bench-"));

interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly seconds: number[];
  /** User and system time; empty where GNU time is not installed. */
  readonly processor: number[];
  peakMb: number;
}

function hunting(name: string, ...more: string[]): Command {
  const args = [
    process.execPath,
    firebreak,
    "hunt",
    "{logs}",
    "--rules",
    "{rules}",
    "--cache",
    join(work, "cache"),
    ...more,
  ];
  return { name, args, seconds: [], processor: [], peakMb: 0 };
}

function other(text: string): Command {
  const at = text.indexOf("=");
  if (at < 1) throw new Error(`--against ${text}: give NAME=COMMAND`);
  return {
    name: text.slice(0, at),
    args: text.slice(at + 1).split(" "),
    seconds: [],
    processor: [],
    peakMb: 0,
  };
}

/** Peak memory comes from GNU time where it is installed. */
const gnuTime = spawnSync("/usr/bin/time", ["-f", "%M", "true"]).status === 0;

function run(command: Command, folder: string, files: readonly string[]): void {
  const isPerFile = command.args.some((arg) => arg.includes("{file}"));
  const output = openSync(join(work, "output"), "w");
  const started = performance.now();
  let processor = 0;
  for (const file of isPerFile ? files : [""]) {
    const values = { "{logs}": folder, "{rules}": rules!, "{file}": file };
    processor += runOnce(
      command,
      command.args.map((arg) => arg.replace(/\{(?:logs|rules|file)\}/g, (name) => values[name as "{logs}"])),
      output,
    );
  }
  command.seconds.push((performance.now() - started) / 1000);
  command.processor.push(processor);
  closeSync(output);
}

/** Returns the processor time in seconds. */
function runOnce(command: Command, args: readonly string[], output: number): number {
  const timed = gnuTime ? ["/usr/bin/time", "-f", "used %M %U %S", ...args] : args;
  const done = spawnSync(timed[0]!, timed.slice(1), {
    stdio: ["ignore", output, "pipe"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (done.error) throw done.error;
  // 1: a hunt has found something.
  if (done.status !== 0 && done.status !== 1)
    throw new Error(`${command.name} ended with ${done.status ?? done.signal}: ${done.stderr.slice(-300)}`);
  const used = /used (\d+) ([\d.]+) ([\d.]+)/.exec(done.stderr);
  if (used === null) return Number.NaN;
  command.peakMb = Math.max(command.peakMb, Number(used[1]) / 1000);
  return Number(used[2]) + Number(used[3]);
}

function timeText(seconds: readonly number[], first: readonly number[], bytes: number): string {
  const middle = median(seconds);
  const rate = (bytes / 1e6 / middle).toFixed(0).padStart(6);
  const ratio = (middle / median(first)).toFixed(2);
  return `${middle.toFixed(2).padStart(8)} s ${rate} MB/s, ${ratio} times the first`;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}

try {
  const megabytes = /^\d+$/.test(logs) ? Number(logs) : undefined;
  const folder = megabytes === undefined ? logs : join(work, "logs");
  if (megabytes !== undefined) {
    const records = generateLogs(folder, megabytes * 1e6, Number(values["file-mb"]) * 1e6);
    console.log(`generated ${records.toLocaleString("en")} records`);
  }
  const named = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.evtx$/i.test(name))
    .map((name) => join(folder, name));
  // A hunt does not follow links within a folder; what is given a link's path would read more than it.
  const files = named.filter((file) => lstatSync(file).isFile());
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  if (files.length < named.length) console.log(`${named.length - files.length} links are read by none`);
  if (files.length === 0) throw new Error(`${folder} holds no event logs`);
  const commands = [
    hunting("hunt, 1 thread", "--threads", "1"),
    hunting("hunt, all threads"),
    ...values.against.map(other),
  ];
  // The first round fills the page cache and the rule cache and is not counted.
  for (let round = 0; round <= Number(values.runs); round++) {
    for (const command of commands) run(command, folder, files);
    if (round > 0) continue;
    for (const command of commands) {
      command.seconds.length = 0;
      command.processor.length = 0;
      command.peakMb = 0;
    }
  }
  const first = commands[0]!;
  for (const { name, seconds, processor, peakMb } of commands) {
    console.log(`${name.padEnd(20)} ${timeText(seconds, first.seconds, bytes)}`);
    if (!gnuTime) continue;
    console.log(`${"  processor".padEnd(20)} ${timeText(processor, first.processor, bytes)}`);
    console.log(`${"  peak memory".padEnd(20)} ${peakMb.toFixed(0).padStart(8)} MB`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
