import type { Worker } from "node:worker_threads";
import { serialiseRuleSet } from "@firebreak/sigma";
import { holdNursery } from "../threads/nursery.ts";
import { startThread } from "../threads/start.ts";
import type { CachedRules } from "./rule-cache.ts";
import type { Found, Part, PartResult } from "./scan.ts";
import { createScanner, loadOtherReader } from "./scan.ts";
import type { Filters } from "./settings.ts";
import type { HuntBatch, HuntTask, HuntWorkerData } from "./worker.ts";

export interface PoolOptions {
  readonly rules: CachedRules;
  readonly filters: Filters;
  readonly tasks: readonly (readonly Part[])[];
  /** 1: no thread is started. */
  readonly threads: number;
  /** Called in the order of tasks, whatever thread did them and when. */
  onFound(found: Found): void;
  onPart(part: Part, result: PartResult): void;
}

/** Runs all tasks. What comes early waits for its turn; a thread that is too far ahead is held. */
export async function runTasks(options: PoolOptions): Promise<void> {
  if (options.threads < 2) await runInline(options);
  else await runThreads(options);
}

/** Enough for the objects of a few thousand records. */
const nurseryMb = 16;

async function runInline({ rules, filters, tasks, onFound, onPart }: PoolOptions): Promise<void> {
  const scanner = createScanner(
    rules.ruleSet,
    filters,
    await loadOtherReader(tasks.flat().map(({ file }) => file)),
  );
  for (const parts of tasks) {
    for (const part of parts) onPart(part, scanner.scan(part, onFound));
    holdNursery(nurseryMb << 20);
    // Lets an interrupt and the progress line through.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Tasks given to a thread at a time: the next is there when one ends. */
const tasksAhead = 2;

async function runThreads(options: PoolOptions): Promise<void> {
  const { rules, filters, tasks } = options;
  const text = Buffer.from(serialiseRuleSet(rules.ruleSet, rules.key), "latin1");
  const shared = new SharedArrayBuffer(text.length);
  new Uint8Array(shared).set(text);
  const hasOther = tasks.some((parts) => parts.some(({ file }) => !file.isEvtx));
  const threads = Array.from({ length: Math.min(options.threads, tasks.length) }, () => {
    const load = new SharedArrayBuffer(4);
    const workerData: HuntWorkerData = { filters, rules: shared, rulesKey: rules.key, load, hasOther };
    return {
      worker: startThread(new URL("./worker.ts", import.meta.url), { workerData }, nurseryMb),
      load: new Int32Array(load),
    };
  });
  try {
    await collect(options, threads);
  } finally {
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}

interface Thread {
  readonly worker: Worker;
  readonly load: Int32Array;
}

function collect(options: PoolOptions, threads: readonly Thread[]): Promise<void> {
  const { tasks } = options;
  const early = new Map<number, { batch: HuntBatch; thread: Thread }[]>();
  let next = 0;
  let turn = 0;

  const give = ({ worker }: Thread) => {
    if (next >= tasks.length) return;
    worker.postMessage({ task: next, parts: tasks[next]! } satisfies HuntTask);
    next++;
  };
  const write = ({ task, found, results }: HuntBatch, thread: Thread) => {
    for (const one of found) options.onFound(one);
    Atomics.sub(thread.load, 0, 1);
    Atomics.notify(thread.load, 0);
    if (results === undefined) return;
    for (const [i, result] of results.entries()) options.onPart(tasks[task]![i]!, result);
    turn++;
  };

  return new Promise((resolve, reject) => {
    const take = (batch: HuntBatch, thread: Thread) => {
      if (batch.results !== undefined) give(thread);
      if (batch.task !== turn) {
        const waiting = early.get(batch.task);
        if (waiting === undefined) early.set(batch.task, [{ batch, thread }]);
        else waiting.push({ batch, thread });
        return;
      }
      write(batch, thread);
      for (let waiting = early.get(turn); waiting !== undefined; waiting = early.get(turn)) {
        const mine = turn;
        early.delete(mine);
        for (const one of waiting) write(one.batch, one.thread);
        if (turn === mine) break;
      }
      if (turn === tasks.length) resolve();
    };
    for (const thread of threads) {
      thread.worker.on("message", (batch: HuntBatch) => {
        try {
          take(batch, thread);
        } catch (error) {
          reject(error);
        }
      });
      thread.worker.on("error", reject);
      thread.worker.on("exit", (code) =>
        reject(new Error(`a hunting thread ended with code ${code} before its work was done`)),
      );
    }
    for (let round = 0; round < tasksAhead; round++) for (const thread of threads) give(thread);
    if (tasks.length === 0) resolve();
  });
}
