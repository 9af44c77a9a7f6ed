/** A worker thread around one pipeline. Requests come one at a time; an answer follows each. */
import { parentPort, workerData } from "node:worker_threads";
import { IngestPipeline, type PipelineSettings } from "./pipeline.ts";
import type { Task } from "./pool.ts";

export interface WorkerSettings {
  dir: string;
  name: string;
  detection: PipelineSettings;
}

export type WorkerRequest = { kind: "read"; task: Task } | { kind: "close" };

const port = parentPort!;
const { dir, name, detection } = workerData as WorkerSettings;
const pipeline = new IngestPipeline(dir, name, detection);

port.on("message", (request: WorkerRequest) => {
  if (request.kind === "close") {
    port.postMessage(pipeline.close());
    port.close();
  } else port.postMessage(pipeline.read(request.task));
});
