import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Fixture {
  /** Path below fixtures/, with slashes. */
  path: string;
  bytes: Uint8Array;
  /** The main format that its golden states. */
  format: string;
}

const root = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** Every fixture with a golden, in order of the paths. */
export function readFixtures(): Fixture[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /(^|\/)input\.[^/]+$/.test(file))
    .sort()
    .map((path) => {
      const golden = readFileSync(join(root, path.slice(0, path.lastIndexOf("/")), "golden.ndjson"), "utf8");
      const { format } = JSON.parse(golden.slice(0, golden.indexOf("\n"))) as { format: string };
      return { path, bytes: Uint8Array.from(readFileSync(join(root, path))), format };
    });
}
