/**
 * Writes the names and types of ECS's fields for the parsers, from the schema that Elastic publishes (`@elastic/ecs`). Run it after a
 * change of that package's version: `npm run script tools/generate-ecs-fields.ts`.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EcsFlat, EcsVersion } from "@elastic/ecs";

interface SchemaField {
  readonly type: string;
  readonly normalize: readonly string[];
  readonly allowed_values?: readonly { name: string }[];
}

const schema = EcsFlat as unknown as Record<string, SchemaField>;
const kinds: Record<string, string> = { integer: "long", double: "float", scaled_float: "float" };
/** Objects have no value of their own: their members stand in the schema. */
const without = new Set(["object", "nested", "flattened", "geo_point"]);

const groups = new Map<string, string[]>();
for (const [name, field] of Object.entries(schema).sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (without.has(field.type)) continue;
  const kind =
    kinds[field.type] ?? (/^(?:long|float|ip|date|boolean)$/.test(field.type) ? field.type : "text");
  const key = field.normalize.includes("array") ? `${kind}[]` : isMember(name) ? `${kind}*` : kind;
  const names = groups.get(key);
  if (names) names.push(name);
  else groups.set(key, [name]);
}

/** True below an array of objects, whose members the flat form holds as parallel lists. */
function isMember(name: string): boolean {
  const parts = name.split(".");
  return parts.some((_, i) => i > 0 && schema[parts.slice(0, i).join(".")]?.normalize.includes("array"));
}

const allowed = Object.entries(schema)
  .filter(([name, { allowed_values }]) => name.startsWith("event.") && allowed_values !== undefined)
  .map(([name, { allowed_values }]) => [name, allowed_values!.map((one) => one.name).join(" ")] as const);
const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
const text = `// Written by tools/generate-ecs-fields.ts from @elastic/ecs ${EcsVersion}. Do not edit.
/** Names of ECS's fields by type; "[]" is a list, "*" may be one. */
export const ecsFieldNames: Readonly<Record<string, string>> = {
${rows.map(([kind, names]) => `  ${/^\w+$/.test(kind) ? kind : JSON.stringify(kind)}:\n    ${JSON.stringify(names.join(" "))},`).join("\n")}
};
/** The values that ECS allows. */
export const ecsAllowedValues: Readonly<Record<string, string>> = {
${allowed.map(([name, values]) => `  ${JSON.stringify(name)}:\n    ${JSON.stringify(values)},`).join("\n")}
};
`;
writeFileSync(
  fileURLToPath(new URL("../packages/parsers/src/ecs/fields.generated.ts", import.meta.url)),
  text,
);
