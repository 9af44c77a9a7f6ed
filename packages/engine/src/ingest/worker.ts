/** A worker thread around one pipeline. Requests come one at a time; positions may, and one value does, follow each. */
import { parentPort, workerData } from "node:worker_threads";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import { IngestPipeline, type PipelineSettings, type Segments } from "./pipeline.ts";
import type { Task } from "./pool.ts";

export interface WorkerSettings {
  dir: string;
  name: string;
  detection: PipelineSettings;
}

export type WorkerRequest = { kind: "read"; task: Task } | { kind: "close" };

export type WorkerAnswer =
  | { kind: "position"; bytes: number }
  | { kind: "value"; value: EvidenceReceipt | Segments | undefined };

const port = parentPort!;
const { dir, name, detection } = workerData as WorkerSettings;
const answer = (message: WorkerAnswer) => port.postMessage(message);
const pipeline = new IngestPipeline(dir, name, detection, (bytes) => answer({ kind: "position", bytes }));

port.on("message", (request: WorkerRequest) => {
  if (request.kind === "close") {
    answer({ kind: "value", value: pipeline.close() });
    port.close();
  } else answer({ kind: "value", value: pipeline.read(request.task) });
});
