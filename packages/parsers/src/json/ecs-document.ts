import type { Fields, Scalar } from "@firebreak/model/event";
import { cleanIp } from "../ecs/ip.ts";
import type { JsonObject } from "./parse.ts";
import { isJsonObject } from "./parse.ts";

/** Field sets that ECS 9 has at the top level, and Winlogbeat's: their fields pass through under their own names. */
const fieldSets = new Set(
  (
    "agent client cloud container data_stream destination device dll dns ecs email entity error event faas file gen_ai group host http " +
    "labels log message network observer orchestrator organization package process registry related rule server service source tags " +
    "threat tls span trace transaction url user user_agent volume vulnerability winlog"
  ).split(" "),
);
/** Names that Firebreak itself gives to an event; the shipped document's own stay under `firebreak.raw.`. */
const reserved = new Set(["event.dataset", "event.original", "log.offset", "log.file.path", "log.file.line"]);
const kinds = new Set(["alert", "asset", "enrichment", "event", "metric", "state", "pipeline_error"]);
const outcomes = new Set(["success", "failure", "unknown"]);
const ecsRoots = ["event", "host", "source", "process", "agent", "user", "network", "observer", "log"];

/** True for a document that was shipped in ECS (Beats, Elastic Agent, an ECS logging library). */
export function isEcsDocument(record: JsonObject): boolean {
  if (record["@timestamp"] === undefined) return false;
  if (record["ecs.version"] !== undefined) return true;
  const ecs = record.ecs;
  if (isJsonObject(ecs) && ecs.version !== undefined) return true;
  const event = record.event;
  if (isJsonObject(event) && (event.kind ?? event.category ?? event.dataset ?? event.module)) return true;
  let roots = 0;
  for (const root of ecsRoots) if (isJsonObject(record[root])) roots++;
  return roots >= 2 || record["event.category"] !== undefined || record["event.kind"] !== undefined;
}

/** Moves the leaves that are ECS fields of the right type from `firebreak.raw.` to their own names. */
export function liftEcsFields(fields: Fields): void {
  for (const name in fields) {
    if (!name.startsWith("firebreak.raw.")) continue;
    const path = name.slice(14);
    const dot = path.indexOf(".");
    const root = dot < 0 ? path : path.slice(0, dot);
    if (!fieldSets.has(root) || reserved.has(path)) continue;
    if (dot < 0 && root !== "message" && root !== "tags") continue;
    const value = ecsValue(path, fields[name]!);
    if (value === undefined) continue;
    fields[path] = value;
    delete fields[name];
  }
}

/** The value in the type that ECS gives the field, or undefined when it does not fit. */
function ecsValue(path: string, value: Fields[string]): Fields[string] | undefined {
  if (path === "event.category" || path === "event.type" || path.startsWith("related.") || path === "host.ip")
    return Array.isArray(value) ? value : [value as Scalar];
  if (path === "event.kind") {
    if (value === "signal") return "alert";
    return kinds.has(String(value)) ? value : undefined;
  }
  if (path === "event.outcome") return outcomes.has(String(value)) ? value : undefined;
  if (path.endsWith(".ip") && !Array.isArray(value)) return cleanIp(String(value));
  if (path.endsWith(".port")) {
    const port = Number(value);
    return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
  }
  return value;
}
