/**
 * Assembles `kernel/*.wat` of the packages that have WebAssembly into the modules that they load, as text in a source file, so that
 * a package needs neither a build nor a file beside it:
 *
 *   node tools/build-evtx-kernel.ts [--check]
 *
 * With --check nothing is written; the exit code is 1 when a module is older than its source.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

const kernels = [
  { folder: "packages/evtx", target: "src/render/json-kernel.generated.ts" },
  { folder: "packages/sigma", target: "src/match/sieve/kernel.generated.ts" },
];
const root = fileURLToPath(new URL("../", import.meta.url));
const assembler = await wabt();
const isCheck = process.argv.includes("--check");

for (const { folder, target } of kernels) {
  const path = join(root, folder, target);
  const text = assemble(join(root, folder, "kernel"));
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${path} is stale: run node tools/build-evtx-kernel.ts`);
    process.exitCode = 1;
  }
}

function assemble(folder: string): string {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".wat"))
    .sort();
  const parts = files.map((name) => readFileSync(join(folder, name), "utf8"));
  const module = assembler.parseWat("kernel.wat", `(module\n${parts.join("\n")})`, {
    simd: true,
    bulk_memory: true,
  });
  module.validate();
  const { buffer } = module.toBinary({});
  module.destroy();
  const names = files.map((name) => `kernel/${name}`);
  const listed = [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
  return `// Generated from ${listed} by tools/build-evtx-kernel.ts: change those, then run it.
export const kernelModule =
  "${Buffer.from(buffer).toString("base64")}";
`;
}
