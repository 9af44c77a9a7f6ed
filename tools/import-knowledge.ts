/**
 * Carries the knowledge tables of a folder into `content/knowledge/`, one record a line so that an update reads as a diff.
 * Usage: `npm run script tools/import-knowledge.ts DIR`. Fails, and writes nothing, when a table is missing or has lost
 * its licence; says which ids look like ATT&CK techniques that the ATT&CK table does not know.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Table = { [key: string]: Json };

const tableNames = [
  "attack-enterprise",
  "attack-groups-software",
  "attack-to-800-53",
  "csf2",
  "d3fend",
  "nist-800-53r5",
  "react",
] as const;

/** An object with more entries than this is a list by another name, and gets a line per entry. */
const entriesOnOneLineMax = 40;

const isContainer = (value: Json): value is Json[] | Table => typeof value === "object" && value !== null;

/** A record stands on one line: nothing in it but scalars and lists of scalars. */
function isRecord(value: Json): boolean {
  if (!isContainer(value)) return true;
  if (Array.isArray(value)) return !value.some(isContainer);
  const items = Object.values(value);
  if (items.length > entriesOnOneLineMax) return false;
  return items.every((item) => !isContainer(item) || (Array.isArray(item) && !item.some(isContainer)));
}

function render(value: Json): string {
  if (!isContainer(value) || isRecord(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[\n${value.map(render).join(",\n")}\n]`;
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${render(item)}`);
  return `{\n${entries.join(",\n")}\n}`;
}

/** Every string in `value` that looks like a technique id, as key or as item. */
function techniqueIds(value: Json, found: Set<string>): Set<string> {
  if (typeof value === "string") {
    if (/^T\d{4}(\.\d{3})?$/.test(value)) found.add(value);
  } else if (Array.isArray(value)) for (const item of value) techniqueIds(item, found);
  else if (isContainer(value))
    for (const [key, item] of Object.entries(value)) {
      techniqueIds(key, found);
      techniqueIds(item, found);
    }
  return found;
}

function readTables(folder: string): Map<string, Table> {
  const tables = new Map<string, Table>();
  for (const name of tableNames)
    tables.set(name, JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Table);
  // The groups come from the same work under the same terms as the techniques; the record of that must stand in each file.
  const attack = tables.get("attack-enterprise")!;
  const groups = tables.get("attack-groups-software")!;
  tables.set("attack-groups-software", {
    name: "MITRE ATT&CK groups and software (facts only: ids, names, links)",
    licence: attack.licence!,
    ...groups,
  });
  return tables;
}

/** A table without a licence may not be carried. */
function unlicensed(tables: Map<string, Table>): string[] {
  return [...tables].filter(([, table]) => typeof table.licence !== "string").map(([name]) => name);
}

/** Ids of another matrix (mobile), or a name that only looks like an id: a person decides. */
function warnings(tables: Map<string, Table>): string[] {
  const known = techniqueIds(tables.get("attack-enterprise")!, new Set());
  return [...tables].flatMap(([name, table]) => {
    const unknown = [...techniqueIds(table, new Set())].filter((id) => !known.has(id));
    return unknown.length > 0 ? [`${name}: not in the ATT&CK table: ${unknown.join(", ")}`] : [];
  });
}

const folder = process.argv[2];
if (folder === undefined) {
  console.error("Usage: npm run script tools/import-knowledge.ts DIR");
  process.exit(2);
}
const tables = readTables(folder);
const refused = unlicensed(tables);
if (refused.length > 0) {
  console.error(`No licence stated in: ${refused.join(", ")}`);
  process.exit(1);
}
for (const warning of warnings(tables)) console.error(warning);
const target = fileURLToPath(new URL("../content/knowledge/", import.meta.url));
for (const [name, table] of tables) writeFileSync(join(target, `${name}.json`), `${render(table)}\n`);
console.error(`${tables.size} tables written`);
