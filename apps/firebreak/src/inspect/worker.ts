/** A thread that examines files, one at a time, and may be killed at any moment: it holds nothing that must be saved. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { inspectBytes, type Limits } from "@firebreak/inspect";

export interface WorkerSettings {
  readonly limits: Limits;
  readonly passwords: readonly string[];
}

const { limits, passwords } = workerData as WorkerSettings;

parentPort!.on("message", async (path: string) => {
  const bytes = new Uint8Array(readFileSync(path));
  const report = await inspectBytes(bytes, {
    name: basename(path),
    now: () => performance.now(),
    limits,
    passwords,
  });
  parentPort!.postMessage(report);
});
