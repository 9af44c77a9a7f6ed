import type { FieldValue, ParsedEvent } from "./event.ts";
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
  const fields: Record<string, FieldValue> = {};
  if (event.time) fields["@timestamp"] = formatInstant(event.time);
  fields["event.dataset"] = event.dataset;
  if (file.original !== undefined) fields["event.original"] = file.original;
  fields["log.file.path"] = file.path;
  fields["log.offset"] = event.offset;
  if (event.line !== undefined) fields["log.file.line"] = event.line;
  for (const name in event.fields) fields[name] = event.fields[name]!;
  fields["firebreak.length"] = event.length;
  if (event.sub !== undefined) fields["firebreak.sub"] = event.sub;
  const time = event.time;
  if (time) {
    fields["firebreak.time.original"] = time.original;
    fields["firebreak.time.zone"] = time.zone;
    fields["firebreak.time.zone_source"] = time.zoneSource;
    if (time.yearSource) fields["firebreak.time.year_source"] = time.yearSource;
    if (time.dst) fields["firebreak.time.dst"] = time.dst;
    if (time.dayMonthAmbiguous) fields["firebreak.time.day_month_ambiguous"] = true;
  } else fields["firebreak.time.zone_source"] = "undated";
  return nestFields(fields);
}
