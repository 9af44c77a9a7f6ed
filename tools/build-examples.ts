/** Writes the evidence of examples/clinic, examples/xls-alert and examples/drill. `--check` only compares with what is there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drills } from "./drill/all.ts";
import { buildClinic } from "./examples/clinic.ts";
import { buildXlsAlert } from "./examples/xls-alert.ts";

const root = fileURLToPath(new URL("../examples/", import.meta.url));
let stale = 0;
for (const [name, files] of [
  ["clinic", buildClinic()],
  ["xls-alert", buildXlsAlert()],
  ...drills.map(([name, files]) => [`drill/${name}`, files()] as const),
] as const) {
  for (const { path, content } of files) {
    const file = join(root, name, path);
    const bytes = Buffer.from(content as Uint8Array);
    if (existsSync(file) && readFileSync(file).equals(bytes)) continue;
    if (process.argv.includes("--check")) {
      console.error(
        `${name}/${path} is not what the builder makes: run 'npm run script tools/build-examples.ts'`,
      );
      stale++;
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
process.exit(stale > 0 ? 1 : 0);
