/**
 * Mutates written logs and reads them for a while:
 *
 *   node tools/fuzz-evtx.ts SECONDS [SEED] [FILE...]
 *
 * An execution is one mutated log that is read in one way; the seed decides which. Nearly all are a chunk of a few records, cut
 * off after them: thousands of those are read in the time of one full log. One in 4,096 is a full log or one of the files
 * given. An exception, a hang (over two seconds of processor time), an accounting that does not add up or two ways that differ
 * end the run with exit code 1, the case's seed, and the bytes as `fuzz-evtx-<seed>.evtx` in the working directory.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { chunkBytes, firstRecords, headerBytes, writtenLogs } from "./fuzz/evtx-corpus.ts";
import { ways } from "./fuzz/evtx-ways.ts";
import { generator, type Random } from "./fuzz/random.ts";

const hangMs = 2000;
const [secondsText, seedText, ...paths] = process.argv.slice(2);
const seconds = Number(secondsText);
if (!(seconds > 0)) {
  console.error("usage: node tools/fuzz-evtx.ts SECONDS [SEED] [FILE...]");
  process.exit(2);
}
const logs = [...writtenLogs(), ...paths.map((path) => new Uint8Array(readFileSync(path)))];
const fragments = logs.flatMap(firstRecords);
const logEvery = 4096;
/** Every case is made here, over the one before it. */
const scratch = new Uint8Array(logs.reduce((most, { length }) => Math.max(most, length), 0));
const scratchView = new DataView(scratch.buffer);

const numbers = [0, 1, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0xffffffff, 512, 4, 24, 28, 65_536];

const started = performance.now();
const end = started + seconds * 1000;
let seed = Number(seedText ?? 1);
let count = 0;
for (let now = started; now < end; seed++, count++) {
  const bytes = mutate(seed);
  const way = ways[seed % ways.length]!;
  const fault = attempt(way, bytes) ?? slowness(way, bytes, now);
  now = performance.now();
  if (fault === undefined) continue;
  const target = `fuzz-evtx-${seed}.evtx`;
  writeFileSync(target, bytes);
  console.error(`seed ${seed}: ${fault}\nwritten to ${target}`);
  process.exit(1);
}
const used = process.cpuUsage();
const rate = count / ((used.user + used.system) / 1e6);
console.log(
  `${count.toLocaleString("en")} executions, the last with seed ${seed - 1}, ${Math.round(rate)} per second of processor time: no fault`,
);

function attempt(way: (bytes: Uint8Array) => void, bytes: Uint8Array): string | undefined {
  try {
    way(bytes);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** On a busy machine time passes without this process: what counts is the processor's, and asking for it is slow. */
function slowness(way: (bytes: Uint8Array) => void, bytes: Uint8Array, sinceMs: number): string | undefined {
  if (performance.now() - sinceMs < hangMs) return undefined;
  const before = process.cpuUsage();
  attempt(way, bytes);
  const tookMs = process.cpuUsage(before).user / 1000;
  return tookMs > hangMs ? `took ${Math.round(tookMs)} ms of processor time` : undefined;
}

/** Deterministic: the seed decides the log, the changes and their places. Valid until the next call. */
function mutate(caseSeed: number): Uint8Array {
  const random = generator(caseSeed);
  const isLog = caseSeed % logEvery === 0;
  const corpus = isLog ? logs : fragments;
  const original = corpus[random(corpus.length)]!;
  scratch.set(original);
  const size = original.length;
  for (let changes = 1 + random(8); changes > 0; changes--) change(random, size, isLog);
  return scratch.subarray(0, random(16) === 0 ? random(size) : size);
}

function change(random: Random, size: number, isLog: boolean): void {
  const at = placeOf(random, size, isLog);
  const kind = random(6);
  if (kind === 0) scratch[at] = random(256);
  else if (kind === 1) scratchView.setUint16(at, interesting(random), true);
  else if (kind === 2) scratchView.setUint32(at, interesting(random), true);
  else if (kind === 3) {
    const from = placeOf(random, size, isLog);
    scratch.copyWithin(at, from, Math.min(size, from + random(200), from + size - at));
  } else if (kind === 4) scratch.fill(random(2) * 0xff, at, Math.min(size, at + random(64)));
  else scratch[at]! ^= 1 << random(8);
}

/** Most of a chunk's header means nothing, and most of a chunk is free space: aims at where the records are. */
function placeOf(random: Random, size: number, isLog: boolean): number {
  if (random(16) === 0) return random(size - 8);
  if (!isLog) return Math.min(size - 8, 512 + random(size - 512));
  const chunk = headerBytes + chunkBytes * random(Math.ceil((size - headerBytes) / chunkBytes));
  return Math.min(size - 8, chunk + random(1 << (9 + random(8))));
}

function interesting(random: Random): number {
  return random(2) === 0 ? numbers[random(numbers.length)]! : random(65_536);
}
