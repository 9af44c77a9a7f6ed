/**
 * Assembles `packages/evtx/kernel/*.wat` into the module that the reader loads, as text in a source file, so that the package
 * needs neither a build nor a file beside it:
 *
 *   node tools/build-evtx-kernel.ts [--check]
 *
 * With --check nothing is written; the exit code is 1 when the module is older than its source.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

const folder = fileURLToPath(new URL("../packages/evtx/kernel/", import.meta.url));
const target = fileURLToPath(new URL("../packages/evtx/src/json-kernel.generated.ts", import.meta.url));

const files = readdirSync(folder)
  .filter((name) => name.endsWith(".wat"))
  .sort();
const parts = files.map((name) => readFileSync(join(folder, name), "utf8"));
const assembler = await wabt();
const module = assembler.parseWat("kernel.wat", `(module\n${parts.join("\n")})`, {
  simd: true,
  bulk_memory: true,
});
module.validate();
const { buffer } = module.toBinary({});
module.destroy();
const text = `// Generated from ${files.map((name) => `kernel/${name}`).join(" and ")} by tools/build-evtx-kernel.ts: change those, then run it.
export const kernelModule =
  "${Buffer.from(buffer).toString("base64")}";
`;
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error(`${target} is stale: run node tools/build-evtx-kernel.ts`);
  process.exit(1);
}
