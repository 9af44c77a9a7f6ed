/** `npm run demo`: investigates both example cases from raw evidence and checks the results. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function firebreak(...args: string[]): void {
  console.log(`\n$ firebreak ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, ["apps/firebreak/bin/firebreak.mjs", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  // 1 says that there are findings: what the demo is about.
  if (status !== 0 && status !== 1) process.exit(status ?? 1);
}

for (const [name, ...options] of [
  ["clinic"],
  ["xls-alert", "--alert", "examples/xls-alert/alert.json"],
] as const) {
  const dir = join("demo-cases", name);
  rmSync(join(root, dir), { recursive: true, force: true });
  firebreak(
    "investigate",
    `examples/${name}/evidence`,
    "--case",
    dir,
    "--org",
    `examples/${name}/organisation.yml`,
    ...options,
  );
  firebreak("verify", dir);
}
console.log(
  "\nOpen demo-cases/clinic/reports/report.html and demo-cases/xls-alert/reports/report.html in a browser.",
);
