import type { FieldValue, ParsedEvent } from "./event.ts";
import { nestedJson } from "./nested-json.ts";
import { formatInstant } from "./time.ts";

type Nested = { [key: string]: FieldValue | Nested };

/** Null-prototype, so that a field named "__proto__" in hostile evidence is data and nothing more. */
function emptyObject(): Nested {
  return Object.create(null) as Nested;
}

function place(root: Nested, name: string, value: FieldValue): void {
  let node = root;
  let from = 0;
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", from)) {
    const key = name.slice(from, dot);
    const next = node[key];
    if (typeof next === "object" && !Array.isArray(next)) node = next as Nested;
    else {
      const made = emptyObject();
      // A scalar already stands where an object is needed ("a" and "a.b" both recorded): keep both.
      if (next !== undefined) made.value = next;
      node[key] = made;
      node = made;
    }
    from = dot + 1;
  }
  const leaf = name.slice(from);
  const present = node[leaf];
  if (typeof present === "object" && !Array.isArray(present)) (present as Nested).value = value;
  else node[leaf] = value;
}

/** A flat field map as nested objects: `{ "source.ip": "::1" }` becomes `{ source: { ip: "::1" } }`. */
export function nestFields(fields: Record<string, FieldValue>): Nested {
  const root = emptyObject();
  for (const name in fields) place(root, name, fields[name]!);
  return root;
}

/** The nested ECS document of an event, as `firebreak parse` prints it. */
export function toEcsDocument(event: ParsedEvent, file: { path: string; original?: string }): Nested {
  return nestFields(Object.assign({}, ...documentFields(event, file)));
}

/** The same as JSON text, without the objects between. */
export function ecsDocumentText(event: ParsedEvent, file: { path: string; original?: string }): string {
  return nestedJson(...documentFields(event, file));
}

/** What stands before the event's own fields, these, and what stands behind them. */
function documentFields(event: ParsedEvent, file: { path: string; original?: string }) {
  const { time } = event;
  const before: Record<string, FieldValue> = {};
  if (time) before["@timestamp"] = formatInstant(time);
  before["event.dataset"] = event.dataset;
  if (file.original !== undefined) before["event.original"] = file.original;
  before["log.file.path"] = file.path;
  before["log.offset"] = event.offset;
  if (event.line !== undefined) before["log.file.line"] = event.line;
  const behind: Record<string, FieldValue> = { "firebreak.length": event.length };
  if (event.sub !== undefined) behind["firebreak.sub"] = event.sub;
  if (time) {
    behind["firebreak.time.original"] = time.original;
    behind["firebreak.time.zone"] = time.zone;
    behind["firebreak.time.zone_source"] = time.zoneSource;
    if (time.yearSource) behind["firebreak.time.year_source"] = time.yearSource;
    if (time.dst) behind["firebreak.time.dst"] = time.dst;
    if (time.dayMonthAmbiguous) behind["firebreak.time.day_month_ambiguous"] = true;
  } else behind["firebreak.time.zone_source"] = "undated";
  return [before, event.fields, behind];
}
