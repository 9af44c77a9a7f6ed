import type { Fields, FieldValue } from "@firebreak/model/event";
import { type Conformer, conformerOf } from "../ecs/conform.ts";
import { ecsAllowedValues } from "../ecs/fields.generated.ts";
import { remembering } from "../text/remember.ts";
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
    const lift = liftOf(name);
    const value = lift?.read(fields[name]!);
    if (lift === undefined || value === undefined) continue;
    fields[lift.path] = value;
    delete fields[name];
  }
}

/** The field that a leaf is, and how its value becomes one of it. */
interface Lift {
  readonly path: string;
  readonly read: Conformer;
}

/** Documents of a shipper have the same names: each is looked up once. */
const liftOf = remembering((name): Lift | undefined => {
  const path = name.startsWith("firebreak.raw.") ? name.slice(14) : "";
  if (path === "" || reserved.has(path)) return undefined;
  const read = path.startsWith("winlog.") ? (value: FieldValue) => value : readerOf(path);
  return read && { path, read };
});

/** Reads a value in the type that ECS gives the field, of those that it allows. */
function readerOf(path: string): Conformer | undefined {
  const conform = conformerOf(path);
  if (conform === undefined) return undefined;
  const values = allowed.get(path);
  const isPort = path.endsWith(".port");
  const isKind = path === "event.kind";
  return (recorded) => {
    const value = conform(recorded);
    // Elastic's word for an alert of its own detection engine.
    if (isKind && value === "signal") return "alert";
    if (values !== undefined) return [value].flat().every((one) => values.has(one)) ? value : undefined;
    if (isPort) return Number(value) >= 0 && Number(value) <= 65_535 ? value : undefined;
    return value;
  };
}
