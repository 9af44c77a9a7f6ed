import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DrillKey, readKey } from "./key.ts";

/** An alert for practice, with its evidence and its key. */
export interface Drill {
  readonly name: string;
  readonly dir: string;
  readonly alert: string;
  readonly key: DrillKey;
}

export class DrillError extends Error {
  readonly code = "input";
}

const drillsDir = fileURLToPath(new URL("../../../../examples/drill/", import.meta.url));

export function listDrills(): Drill[] {
  return readdirSync(drillsDir, { withFileTypes: true })
    .filter((one) => one.isDirectory() && existsSync(join(drillsDir, one.name, "key.yml")))
    .map(({ name }) => readDrill(name))
    .sort((a, b) => Number(a.key.trap) - Number(b.key.trap) || (a.name < b.name ? -1 : 1));
}

function readDrill(name: string): Drill {
  const dir = join(drillsDir, name);
  const alert = readdirSync(dir).find((file) => file.startsWith("alert."));
  if (alert === undefined) throw new DrillError(`${dir}: a drill needs an alert`);
  return { name, dir, alert: join(dir, alert), key: readKey(readFileSync(join(dir, "key.yml"), "utf8")) };
}

export function findDrill(name: string): Drill {
  const found = listDrills().find((one) => one.name === name);
  if (found) return found;
  throw new DrillError(`${name}: no such drill; 'firebreak drill list' names them`);
}
