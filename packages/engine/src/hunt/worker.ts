/** A hunting thread: scans the parts it is given and sends what it finds, in batches, without running ahead too far. */
import { parentPort, workerData } from "node:worker_threads";
import { deserialiseRuleSet } from "@firebreak/sigma";
import {
  createScanner,
  type Found,
  loadOtherReader,
  type Part,
  type PartResult,
  type Scanner,
} from "./scan.ts";
import type { Filters } from "./settings.ts";

export interface HuntWorkerData {
  readonly filters: Filters;
  /** The serialised rule set, which is ASCII, in memory that all threads share. */
  readonly rules: SharedArrayBuffer;
  readonly rulesKey: string;
  /** One counter: batches sent and not yet written out. */
  readonly load: SharedArrayBuffer;
  readonly hasOther: boolean;
}

export interface HuntTask {
  readonly task: number;
  readonly parts: readonly Part[];
}

export interface HuntBatch {
  readonly task: number;
  readonly found: readonly Found[];
  /** Set with the last batch of a task. */
  readonly results?: readonly PartResult[];
}

/** Characters of output in a batch, and batches that may wait to be written: what a thread can hold up. */
const batchChars = 1 << 18;
const waitingMax = 16;

const port = parentPort!;
const { filters, rules, rulesKey, load, hasOther } = workerData as HuntWorkerData;
const waiting = new Int32Array(load);
const scanner = start();

async function start(): Promise<Scanner> {
  const ruleSet = deserialiseRuleSet(Buffer.from(rules).toString("latin1"), rulesKey)!;
  const other = hasOther ? await loadOtherReader([{ isEvtx: false }]) : undefined;
  return createScanner(ruleSet, filters, other);
}

function send(batch: HuntBatch): void {
  Atomics.add(waiting, 0, 1);
  port.postMessage(batch);
  for (let count = Atomics.load(waiting, 0); count >= waitingMax; count = Atomics.load(waiting, 0)) {
    Atomics.wait(waiting, 0, count);
  }
}

function run(hunter: Scanner, { task, parts }: HuntTask): void {
  let found: Found[] = [];
  let chars = 0;
  const results: PartResult[] = [];
  for (const part of parts) {
    const result = hunter.scan(part, (one) => {
      found.push(one);
      chars += one.line.length + 64;
      if (chars < batchChars) return;
      send({ task, found });
      found = [];
      chars = 0;
    });
    results.push(result);
  }
  send({ task, found, results });
}

port.on("message", (task: HuntTask) => {
  scanner
    .then((hunter) => run(hunter, task))
    .catch((error: unknown) =>
      setImmediate(() => {
        throw error;
      }),
    );
});
