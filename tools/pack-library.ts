/**
 * What `npm pack` and `npm publish` do to a library, as its `prepack` and `postpack` scripts: Node strips no types below
 * `node_modules` (docs/adr/0001), so a packed library holds JavaScript with declarations, and its `exports` point there.
 * Run in the library's folder: `node ../../tools/pack-library.ts`, and with `--restore` to undo it.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const inSources = "./src/index.ts";
const inPackage = { types: "./dist/index.d.ts", default: "./dist/index.js" };

function pointExportsTo(target: string | typeof inPackage): void {
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  writeFileSync("package.json", `${JSON.stringify({ ...manifest, exports: { ".": target } }, null, 2)}\n`);
}

function compile(): void {
  const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
  const tsc = join(dirname(compiler), "bin", "tsc");
  // npm reads the list of files from its standard output, so messages go to the other one.
  const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.pack.json"], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(1);
}

rmSync("dist", { recursive: true, force: true });
if (process.argv.includes("--restore")) {
  rmSync("LICENSE", { force: true });
  pointExportsTo(inSources);
} else {
  compile();
  copyFileSync(join(import.meta.dirname, "..", "LICENSE"), "LICENSE");
  pointExportsTo(inPackage);
}
