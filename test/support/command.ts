import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const bin = fileURLToPath(new URL("../../apps/firebreak/bin/firebreak.mjs", import.meta.url));

/** The real command as a user runs it in `cwd`: its exit code and what it wrote. */
export function commandIn(cwd: string) {
  return (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      encoding: "utf8",
      cwd,
      env: { ...process.env, NO_COLOR: "1" },
      maxBuffer: 64 << 20,
    });
    return { status, stdout, stderr };
  };
}
