import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type FileReport, unexamined } from "@firebreak/inspect";
import { readFacts } from "./facts.ts";
import type { WorkerSettings } from "./worker.ts";

/** A step that does not end is cut this long after the triage's own time limit. */
const graceMs = 5000;
const heapMegabytes = 4096;

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
    const outcome = await this.#ask(path);
    return "report" in outcome
      ? outcome.report
      : unexamined(await readFacts(path), outcome.code, outcome.words);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #ask(path: string): Promise<{ report: FileReport } | { code: string; words: string }> {
    this.#worker ??= new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: this.#settings,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    const worker = this.#worker;
    const limitMs = this.#settings.limits.timeMs + graceMs;
    return new Promise((resolve) => {
      const end = (outcome: { report: FileReport } | { code: string; words: string }) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        if (!("report" in outcome)) {
          // The next file gets a thread of its own.
          this.#worker = undefined;
          worker.on("error", () => {});
          void worker.terminate();
        }
        resolve(outcome);
      };
      const timer = setTimeout(
        () => end({ code: "time-limit", words: `the examination was stopped after ${limitMs} ms` }),
        limitMs,
      );
      worker.on("message", (report: FileReport) => end({ report }));
      worker.on("error", (error: Error & { code?: string }) =>
        end(
          error.code === "ERR_WORKER_OUT_OF_MEMORY"
            ? {
                code: "memory-limit",
                words: `the examination needs more than ${heapMegabytes} MiB of memory`,
              }
            : {
                code: "analyser-fault",
                words: `a defect of Firebreak ended the examination (${error.message})`,
              },
        ),
      );
      worker.on("exit", () =>
        end({ code: "analyser-fault", words: "the examination ended without a result" }),
      );
      worker.postMessage(path);
    });
  }
}
