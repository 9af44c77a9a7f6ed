/** Every check of the project, as `npm test` and CI run it: stops at nothing, so that one run shows all that is wrong. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Step {
  name: string;
  command: string;
  args: string[];
}

const steps: Step[] = [
  { name: "generated files", command: "node", args: ["tools/generate-registry.ts", "--check"] },
  { name: "JSON writer of EVTX", command: "node", args: ["tools/build-evtx-kernel.ts", "--check"] },
  { name: "generated documents", command: "node", args: ["tools/generate-docs.ts", "--check"] },
  { name: "examples", command: "node", args: ["tools/build-examples.ts", "--check"] },
  { name: "types", command: "tsc", args: ["-p", "."] },
  { name: "style and lint", command: "biome", args: ["ci", "--error-on-warnings", "."] },
  { name: "correctness lint", command: "oxlint", args: ["--deny-warnings", "--quiet"] },
  { name: "unused code", command: "knip", args: ["--no-progress"] },
  { name: "tests", command: "vitest", args: ["run", "--reporter=dot"] },
];

const bin = join(root, "node_modules", ".bin");
const failed: string[] = [];
for (const { name, command, args } of steps) {
  console.log(`\n== ${name}: ${command} ${args.join(" ")}`);
  const started = performance.now();
  const program =
    command === "node"
      ? process.execPath
      : join(bin, process.platform === "win32" ? `${command}.cmd` : command);
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${status === 0 ? "ok" : "FAILED"} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) console.log(`\nfailed: ${failed.join(", ")}`);
console.log(`\nchecks: ${steps.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length > 0 ? 1 : 0);
