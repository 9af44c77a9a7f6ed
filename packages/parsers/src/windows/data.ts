import type { Fields, Scalar } from "@firebreak/model/event";
import { ownText } from "../text/own.ts";

/** Most data of one event; the largest real events carry about a hundred. */
export const maxData = 500;
const maxNameChars = 128;
const keys = new Map<string, string>();

/**
 * Field name of a recorded datum. Spaces are dropped, as Sigma's taxonomy does ("Threat Name" is `ThreatName`).
 * The few names in use are remembered, so that no string is built per event.
 */
export function dataKey(prefix: "winlog.event_data." | "winlog.user_data.", name: string): string {
  const known = prefix === "winlog.event_data." ? keys : userKeys;
  let key = known.get(name);
  if (key === undefined) {
    if (known.size > 20_000) known.clear();
    key = prefix + name.slice(0, maxNameChars).replace(/\s+/g, "");
    known.set(ownText(name), key);
  }
  return key;
}
const userKeys = new Map<string, string>();

/** Sets a datum; a name that comes again makes a list. */
export function putData(fields: Fields, key: string, value: Scalar): void {
  const present = fields[key];
  if (present === undefined) fields[key] = value;
  else if (Array.isArray(present)) {
    if (present.length < maxData) (present as Scalar[]).push(value);
  } else fields[key] = [present as Scalar, value];
}
