import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FieldValue } from "@firebreak/model/event";
import { contentDir } from "../content.ts";

type Table = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

let table: Table | undefined;

/** Names of the data that a timeline shows first, for an event of Windows; none for events that the table does not have. */
function detailNames(channel: FieldValue | null, eventId: FieldValue | null): readonly string[] {
  table ??= (
    JSON.parse(readFileSync(join(contentDir, "knowledge", "event-details.json"), "utf8")) as {
      channels: Table;
    }
  ).channels;
  const byId = Object.hasOwn(table, String(channel)) ? table[String(channel)]! : {};
  return Object.hasOwn(byId, String(eventId)) ? byId[String(eventId)]! : [];
}

/** Where other formats than event logs keep the data of a Windows event. */
const prefixes = ["", "winlog.event_data.", "winlog.user_data."];

/** The data that a timeline shows first, in the table's order, without those that say nothing; and the keys they stand under. */
export function detailsOf(
  channel: FieldValue | null,
  eventId: FieldValue | null,
  data: Readonly<Record<string, FieldValue>>,
): { readonly entries: readonly (readonly [string, FieldValue])[]; readonly keys: ReadonlySet<string> } {
  const entries: (readonly [string, FieldValue])[] = [];
  const keys = new Set<string>();
  for (const name of detailNames(channel, eventId)) {
    const key = prefixes.map((prefix) => prefix + name).find((one) => Object.hasOwn(data, one));
    const value = key === undefined ? undefined : data[key];
    if (key === undefined || value === undefined || value === "" || value === "-") continue;
    entries.push([name, value]);
    keys.add(key);
  }
  return { entries, keys };
}
