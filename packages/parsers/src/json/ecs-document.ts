import type { Fields, FieldValue } from "@firebreak/model/event";
import { conform } from "../ecs/conform.ts";
import { ecsAllowedValues } from "../ecs/fields.generated.ts";
import type { JsonObject } from "./parse.ts";
import { isJsonObject } from "./parse.ts";

/** Names that Firebreak itself gives to an event; the shipped document's own stay under `firebreak.raw.`. */
const reserved = new Set([
  "@timestamp",
  "event.dataset",
  "event.original",
  "log.offset",
  "log.file.path",
  "log.file.line",
]);
const allowed = new Map(
  Object.entries(ecsAllowedValues).map(([name, values]) => [name, new Set<unknown>(values.split(" "))]),
);
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

/** Moves the leaves that are fields of ECS, or Winlogbeat's, from `firebreak.raw.` to their own names. All else stays there. */
export function liftEcsFields(fields: Fields): void {
  for (const name in fields) {
    if (!name.startsWith("firebreak.raw.")) continue;
    const path = name.slice(14);
    if (reserved.has(path)) continue;
    const value = path.startsWith("winlog.") ? fields[name] : ecsValue(path, fields[name]!);
    if (value === undefined) continue;
    fields[path] = value;
    delete fields[name];
  }
}

/** The value in the type that ECS gives the field, or undefined when it does not fit. */
function ecsValue(path: string, recorded: FieldValue): FieldValue | undefined {
  const value = conform(path, recorded);
  // Elastic's word for an alert of its own detection engine.
  if (path === "event.kind" && value === "signal") return "alert";
  const values = allowed.get(path);
  if (values !== undefined) return [value].flat().every((one) => values.has(one)) ? value : undefined;
  if (path.endsWith(".port")) return Number(value) >= 0 && Number(value) <= 65_535 ? value : undefined;
  return value;
}
