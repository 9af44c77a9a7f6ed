/** Makes `dist/`, the package as it is published: JavaScript with types. In the repository the sources run as they are. */
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const here = import.meta.dirname;
const dist = join(here, "dist");
rmSync(dist, { recursive: true, force: true });
const compiler = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin",
  "tsc",
);
const run = spawnSync(process.execPath, [compiler, "-p", join(here, "tsconfig.build.json")], {
  stdio: "inherit",
});
if (run.status !== 0) process.exit(1);
const { scripts: _scripts, ...manifest } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const published = { ...manifest, exports: { ".": { types: "./index.d.ts", default: "./index.js" } } };
writeFileSync(join(dist, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
copyFileSync(join(here, "README.md"), join(dist, "README.md"));
