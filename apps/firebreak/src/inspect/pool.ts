import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type FileReport, unexamined } from "@firebreak/inspect";
import { readFacts } from "./facts.ts";
import type { WorkerSettings } from "./worker.ts";

/** A step that does not end is cut this long after the triage's own time limit. */
const graceMs = 2000;
/** A busy machine may take long to start a thread; that is not the file's fault. */
const startMs = 60_000;
const heapMegabytes = 4096;

type Outcome<T> = { readonly answer: T } | { readonly code: string; readonly words: string };

/** Examines files in a thread that is killed, and made anew, when one of them takes too long or too much memory. */
export class InspectPool {
  readonly #settings: WorkerSettings;
  readonly #fileBytesMax: number;
  #worker: Worker | undefined;

  constructor(settings: WorkerSettings, fileBytesMax: number) {
    this.#settings = settings;
    this.#fileBytesMax = fileBytesMax;
  }

  async inspect(path: string): Promise<FileReport> {
    if (statSync(path).size > this.#fileBytesMax)
      return unexamined(
        await readFacts(path),
        "size-limit",
        `the file is larger than ${this.#fileBytesMax} bytes; raise --max-size to examine it`,
      );
    const outcome = await this.#examine(path);
    // What libyara searched stays in its memory: the next file begins with a fresh one.
    if (this.#settings.yaraRules !== undefined) await this.close();
    return "answer" in outcome
      ? outcome.answer
      : unexamined(await readFacts(path), outcome.code, outcome.words);
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.on("error", () => {});
    await worker?.terminate();
  }

  async #examine(path: string): Promise<Outcome<FileReport>> {
    if (this.#worker === undefined) {
      this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
        workerData: this.#settings,
        resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
      });
      const ready = await next<"ready">(this.#worker, startMs);
      if (!("answer" in ready)) return this.#dispose(ready);
    }
    const answer = next<FileReport>(this.#worker, this.#settings.limits.timeMs + graceMs);
    this.#worker.postMessage(path);
    const outcome = await answer;
    return "answer" in outcome ? outcome : this.#dispose(outcome);
  }

  /** The thread is lost; the next file gets one of its own. */
  async #dispose<T>(outcome: T): Promise<T> {
    await this.close();
    return outcome;
  }
}

/** The thread's next message, or why none came. */
function next<T>(worker: Worker, limitMs: number): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome<T>) => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      resolve(outcome);
    };
    const onMessage = (answer: T) => end({ answer });
    const onError = (error: Error & { code?: string }) =>
      end(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? { code: "memory-limit", words: `the examination needs more than ${heapMegabytes} MiB of memory` }
          : {
              code: "analyser-fault",
              words: `a defect of Firebreak ended the examination (${error.message})`,
            },
      );
    const onExit = () => end({ code: "analyser-fault", words: "the examination ended without a result" });
    const timer = setTimeout(
      () => end({ code: "time-limit", words: `the examination was stopped after ${limitMs} ms` }),
      limitMs,
    );
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}
