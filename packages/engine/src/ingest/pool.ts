import type { Worker } from "node:worker_threads";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import type { EvidenceItem } from "../evidence/item.ts";
import { startThread } from "../threads/start.ts";
import { IngestPipeline, type PipelineSettings, type Segments } from "./pipeline.ts";
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from "./worker.ts";

export interface Task {
  item: EvidenceItem;
  time: TimeSettings;
  /** A file whose times have no year is not read but given back: the others date it. */
  postponeYearless: boolean;
}

/** Hears of the reading. */
export interface ReadingWatcher {
  receipt(receipt: EvidenceReceipt): void;
  /** So many bytes of a file are read. */
  position(item: EvidenceItem, bytes: number): void;
}

/** Reads tasks on several threads; which thread reads what changes nothing in the result. */
export interface IngestPool {
  /** Returns what was postponed. */
  run(tasks: readonly Task[], watcher: ReadingWatcher): Promise<EvidenceItem[]>;
  close(): Promise<Segments[]>;
  /** Ends the threads where they stand: without it, the one that is left after a fault would keep the process alive. */
  abort(): Promise<void>;
}

/** Under this many bytes the start of a thread costs more than it gives. */
const inlineBytes = 4 << 20;

export function createPool(options: {
  dir: string;
  detection: PipelineSettings;
  threads: number;
  totalBytes: number;
}): IngestPool {
  if (options.threads < 2 || options.totalBytes < inlineBytes)
    return inlinePool(options.dir, options.detection);
  return threadPool(options.dir, options.detection, options.threads);
}

function inlinePool(dir: string, detection: PipelineSettings): IngestPool {
  let onPosition: (bytes: number) => void = () => {};
  const pipeline = new IngestPipeline(dir, "0", detection, (bytes) => onPosition(bytes));
  return {
    async run(tasks, watcher) {
      const postponed: EvidenceItem[] = [];
      for (const task of tasks) {
        onPosition = (bytes) => watcher.position(task.item, bytes);
        const receipt = pipeline.read(task);
        if (receipt) watcher.receipt(receipt);
        else postponed.push(task.item);
        // Lets an interrupt and the progress line through between two files.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return postponed;
    },
    close: async () => [pipeline.close()],
    abort: async () => {},
  };
}

function threadPool(dir: string, detection: PipelineSettings, threads: number): IngestPool {
  const workers = Array.from({ length: threads }, (_, i) => {
    const workerData: WorkerSettings = { dir, name: String(i), detection };
    return startThread(new URL("./worker.ts", import.meta.url), { workerData });
  });

  return {
    async run(tasks, watcher) {
      // The largest first, so that no thread is left with a giant at the end.
      const queue = [...tasks].sort((a, b) => b.item.bytes - a.item.bytes);
      const postponed: EvidenceItem[] = [];
      await Promise.all(
        workers.map(async (worker) => {
          for (let task = queue.shift(); task; task = queue.shift()) {
            const { item } = task;
            const onPosition = (bytes: number) => watcher.position(item, bytes);
            const receipt = await ask<EvidenceReceipt | undefined>(
              worker,
              { kind: "read", task },
              onPosition,
            );
            if (receipt) watcher.receipt(receipt);
            else postponed.push(item);
          }
        }),
      );
      return postponed;
    },
    close: () => Promise.all(workers.map((worker) => ask<Segments>(worker, { kind: "close" }))),
    async abort() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function ask<T>(
  worker: Worker,
  request: WorkerRequest,
  onPosition: (bytes: number) => void = () => {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = () => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
    };
    const onMessage = (answer: WorkerAnswer) => {
      if (answer.kind === "position") return onPosition(answer.bytes);
      done();
      resolve(answer.value as T);
    };
    const onError = (error: unknown) => {
      done();
      reject(error);
    };
    const onExit = (code: number) => {
      done();
      reject(new Error(`a reader thread ended with code ${code} before it answered`));
    };
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
    worker.postMessage(request);
  });
}
