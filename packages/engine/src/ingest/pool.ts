import type { Worker } from "node:worker_threads";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import type { EvidenceItem } from "../evidence/item.ts";
import { startThread } from "../threads/start.ts";
import type { PipelineSettings, Segments } from "./pipeline.ts";
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
  return suitsThreads(options.threads, options.totalBytes)
    ? threadPool(options.dir, options.detection, options.threads)
    : inlinePool(options.dir, options.detection);
}

/** Enough threads may be used, and there is enough to read. */
export function suitsThreads(threads: number, totalBytes: number): boolean {
  return threads >= 2 && totalBytes >= inlineBytes;
}

function inlinePool(dir: string, detection: PipelineSettings): IngestPool {
  let onPosition: (bytes: number) => void = () => {};
  // All parsers: where threads read, this one does not load them.
  const made = import("./pipeline.ts").then(
    ({ IngestPipeline }) => new IngestPipeline(dir, "0", detection, (bytes) => onPosition(bytes)),
  );
  return {
    async run(tasks, watcher) {
      const pipeline = await made;
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
    close: async () => [(await made).close()],
    abort: async () => {},
  };
}

/** A thread that reads, and what ended it before it was asked. */
interface Reader {
  readonly worker: Worker;
  fault?: unknown;
}

function startReader(workerData: WorkerSettings): Reader {
  const reader: Reader = { worker: startThread(new URL("./worker.ts", import.meta.url), { workerData }) };
  reader.worker.on("error", (error) => {
    reader.fault ??= error;
  });
  reader.worker.on("exit", (code) => {
    reader.fault ??= endedEarly(code);
  });
  return reader;
}

function endedEarly(code: number): Error {
  return new Error(`a reader thread ended with code ${code} before it answered`);
}

function threadPool(dir: string, detection: PipelineSettings, threads: number): IngestPool {
  const readers = Array.from({ length: threads }, (_, i) => startReader({ dir, name: String(i), detection }));

  return {
    async run(tasks, watcher) {
      // The largest first, so that no thread is left with a giant at the end.
      const queue = [...tasks].sort((a, b) => b.item.bytes - a.item.bytes);
      const postponed: EvidenceItem[] = [];
      await Promise.all(
        readers.map(async (reader) => {
          for (let task = queue.shift(); task; task = queue.shift()) {
            const { item } = task;
            const onPosition = (bytes: number) => watcher.position(item, bytes);
            const receipt = await ask<EvidenceReceipt | undefined>(
              reader,
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
    close: () => Promise.all(readers.map((reader) => ask<Segments>(reader, { kind: "close" }))),
    async abort() {
      await Promise.all(readers.map(({ worker }) => worker.terminate()));
    },
  };
}

function ask<T>(
  { worker, fault }: Reader,
  request: WorkerRequest,
  onPosition: (bytes: number) => void = () => {},
): Promise<T> {
  if (fault !== undefined) return Promise.reject(fault);
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
      reject(endedEarly(code));
    };
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
    worker.postMessage(request);
  });
}
