/** A worker thread around one pipeline. Requests come one at a time; an answer follows each. */
import { parentPort, workerData } from "node:worker_threads";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import type { EvidenceItem } from "../evidence/item.ts";
import { IngestPipeline, type PipelineSettings } from "./pipeline.ts";

export interface WorkerSettings {
  dir: string;
  name: string;
  detection: PipelineSettings;
}

export type WorkerRequest = { kind: "read"; item: EvidenceItem; time: TimeSettings } | { kind: "close" };

const port = parentPort!;
const { dir, name, detection } = workerData as WorkerSettings;
const pipeline = new IngestPipeline(dir, name, detection);

port.on("message", (request: WorkerRequest) => {
  if (request.kind === "close") {
    port.postMessage(pipeline.close());
    port.close();
  } else port.postMessage(pipeline.read(request.item, request.time));
});
