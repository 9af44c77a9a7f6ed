/**
 * Mutates documents of every format and examines them for a while:
 *
 *   node tools/fuzz-inspect.ts SECONDS [SEED] [FILE...]
 *
 * Files given are mutated too. An exception, a defect told in a note, or a file that takes over two seconds of processor time
 * ends the run with exit code 1, the case's seed, and the file as `fuzz-inspect-<seed>` in the working directory.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { inspectBytes } from "../packages/inspect/src/index.ts";
import { corpus } from "../packages/inspect/test/build/corpus.ts";
import { mutate } from "../packages/inspect/test/mutate.ts";

const [secondsText, seedText, ...paths] = process.argv.slice(2);
const seconds = Number(secondsText);
if (!(seconds > 0)) {
  console.error("usage: node tools/fuzz-inspect.ts SECONDS [SEED] [FILE...]");
  process.exit(2);
}
const files = [
  ...Object.entries(corpus()),
  ...paths.map((path) => [basename(path), new Uint8Array(readFileSync(path))] as const),
];
const processorMsMax = 2000;
const end = performance.now() + seconds * 1000;
let seed = Number(seedText ?? 1);
let cases = 0;
for (; performance.now() < end; seed++, cases++) {
  const [name, bytes] = files[seed % files.length]!;
  const damaged = mutate(bytes, seed);
  const fault = await faultOf(damaged, name);
  if (fault === undefined) continue;
  const target = `fuzz-inspect-${seed}-${name}`;
  writeFileSync(target, damaged);
  console.error(`seed ${seed}, ${name}: ${fault}\nwritten to ${target}`);
  process.exit(1);
}
console.log(`${cases} cases, the last with seed ${seed - 1}: no fault`);

async function faultOf(bytes: Uint8Array, name: string): Promise<string | undefined> {
  const start = process.cpuUsage();
  try {
    const report = await inspectBytes(bytes, {
      name,
      now: () => performance.now(),
      limits: { timeMs: 30_000 },
    });
    const defect = report.notes.find(({ code }) => code === "analyser-fault");
    if (defect !== undefined) return defect.words;
    JSON.stringify(report);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const tookMs = process.cpuUsage(start).user / 1000;
  return tookMs > processorMsMax ? `took ${Math.round(tookMs)} ms of processor time` : undefined;
}
