import module from "node:module";
import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * Starts a thread that runs a module. A thread does not take over the compile cache of the process, and to translate all
 * parsers anew takes it a second: so it is told to use the same.
 * @param entry URL of the module
 */
export function startThread(entry: URL, options: Pick<WorkerOptions, "workerData">): Worker {
  const isCached = module.getCompileCacheDir() !== undefined;
  return new Worker(new URL("./entry.ts", import.meta.url), {
    ...options,
    argv: [entry.href, ...(isCached ? ["cached"] : [])],
  });
}
