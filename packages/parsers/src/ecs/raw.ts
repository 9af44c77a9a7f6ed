import { ownText } from "../text/own.ts";

const names = new Map<string, string>();
const maxNames = 20_000;
const maxNameLength = 200;

/** Field name for a vendor field without an ECS home: "policyid" → "firebreak.raw.policyid". */
export function rawField(name: string): string {
  let field = names.get(name);
  if (field === undefined) {
    field = `firebreak.raw.${name.slice(0, maxNameLength)}`;
    // Names come from evidence: a flood of different ones must not fill the memory.
    if (names.size < maxNames && name.length <= maxNameLength) names.set(ownText(name), ownText(field));
  }
  return field;
}
