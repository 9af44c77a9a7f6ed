// Plain Node, no dependency: the first command in a new clone lands here, whatever Node (20 or newer) the
// machine has. It installs what is missing, then hands over to the pinned Node that npm installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampFile = join(root, "node_modules", ".firebreak-installed");

function lockHash() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

function installMissing() {
  const wanted = lockHash();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;
  console.error("firebreak: installing dependencies (once) ...");
  // npm is a .cmd file on Windows, which only a shell can start.
  const done = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, "inherit"],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) {
    console.error(
      "firebreak: 'npm ci' failed (see above). Check the network or the npm registry setting, then run the same command again.",
    );
    process.exit(done.status ?? 3);
  }
  writeFileSync(stampFile, wanted);
}

function pinnedNode() {
  const bin = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
  if (existsSync(bin)) return bin;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  console.error(
    `firebreak: no pinned Node for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}. Install Node 24 or newer and try again.`,
  );
  process.exit(3);
}

const targets = { demo: ["tools/demo.ts"], test: ["tools/check.ts"], run: [] };
const [task = "", ...rest] = process.argv.slice(2);
const target = targets[task];
if (target === undefined) {
  console.error("usage: node tools/bootstrap.mjs demo | test | run FILE [ARGUMENT...]");
  process.exit(2);
}
if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(
    `firebreak: Node ${process.versions.node} is too old to install with; Node 20 or newer is needed.`,
  );
  process.exit(3);
}
installMissing();
const result = spawnSync(pinnedNode(), [...target, ...rest], {
  cwd: task === "run" ? process.cwd() : root,
  stdio: "inherit",
  shell: process.platform === "win32",
  env: { ...process.env, PATH: join(root, "node_modules", ".bin") + delimiter + (process.env.PATH ?? "") },
});
process.exit(result.status ?? 3);
