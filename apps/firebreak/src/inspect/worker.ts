/** A thread that examines files, one at a time, and may be killed at any moment: it holds nothing that must be saved. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { inspectBytes, type Limits } from "@firebreak/inspect";
import { createYaraScanner } from "./yara.ts";

export interface WorkerSettings {
  readonly limits: Limits;
  readonly passwords: readonly string[];
  /** Text of YARA rules. */
  readonly yaraRules?: string;
}

const { limits, passwords, yaraRules } = workerData as WorkerSettings;
const yara = yaraRules === undefined ? undefined : await createYaraScanner(yaraRules);

parentPort!.on("message", async (path: string) => {
  const bytes = new Uint8Array(readFileSync(path));
  const report = await inspectBytes(bytes, {
    name: basename(path),
    now: () => performance.now(),
    limits,
    passwords,
    ...(yara && { yara }),
  });
  parentPort!.postMessage(report);
});
parentPort!.postMessage("ready");
