import module from "node:module";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** Records live shortly: a larger nursery (the default is some 100 MB a thread) costs memory and saves no time. */
const youngMb = 48;

/**
 * Starts a thread that runs a module. A thread does not take over the compile cache of the process, and to translate all
 * parsers anew takes it a second: so it is told to use the same.
 * @param entry URL of the module
 * @param maxYoungGenerationSizeMb of its nursery, three times what is in use between two collections
 */
export function startThread(
  entry: URL,
  options: Pick<WorkerOptions, "workerData">,
  maxYoungGenerationSizeMb = youngMb,
): Worker {
  const isCached = module.getCompileCacheDir() !== undefined;
  return new Worker(new URL("./entry.ts", import.meta.url), {
    ...options,
    resourceLimits: { maxYoungGenerationSizeMb },
    argv: [entry.href, ...(isCached ? ["cached"] : [])],
  });
}
