#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it: it hands over to the Node that npm pinned when this one cannot run
// TypeScript directly.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const main = new URL("../src/main.ts", import.meta.url);
const args = process.argv.slice(2);
const [major] = process.versions.node.split(".").map(Number);
// The one text that everybody asks for first is kept beside (tools/generate-docs.ts): no second Node, nothing to load.
if (args.length === 1 && (args[0] === "--help" || args[0] === "-h")) {
  process.stdout.write(readFileSync(new URL("./help.txt", import.meta.url)));
} else if (major >= 24) {
  module.enableCompileCache?.();
  await import(main.href);
} else {
  const name = process.platform === "win32" ? "node.cmd" : "node";
  const pinned = fileURLToPath(new URL(`../../../node_modules/.bin/${name}`, import.meta.url));
  if (!existsSync(pinned)) {
    console.error(
      `firebreak: this is Node ${process.versions.node}; Node 24 is needed. Run 'npm ci' in the project, which installs it.`,
    );
    process.exit(3);
  }
  const done = spawnSync(pinned, [fileURLToPath(import.meta.url), ...args], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (done.signal) process.kill(process.pid, done.signal);
  process.exit(done.status ?? 3);
}
