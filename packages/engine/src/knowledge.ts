import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contentDir } from "./content.ts";

/** Names of ATT&CK techniques from the knowledge table. */
export interface Attack {
  readonly version: string;
  /** "Brute Force", or the id itself where the table does not know it. */
  nameOf(techniqueId: string): string;
}

export function loadAttack(): Attack {
  const table = JSON.parse(readFileSync(join(contentDir, "knowledge", "attack-enterprise.json"), "utf8")) as {
    version: string;
    techniques: { id: string; name: string }[];
  };
  const names = new Map(table.techniques.map(({ id, name }) => [id, name]));
  return { version: table.version, nameOf: (id) => names.get(id) ?? id };
}
