/**
 * Adds to package-lock.json the platform packages that the registry at hand does not serve (some mirrors leave other
 * platforms out). `npm ci` refuses a lock that lacks them, though no machine but theirs installs them.
 * Run after `npm install`: `npm run script tools/complete-lock.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}

const systems = [
  "android",
  "darwin",
  "linux",
  "win32",
  "freebsd",
  "openharmony",
  "netbsd",
  "openbsd",
  "sunos",
  "aix",
];
const processors = [
  "arm64",
  "x64",
  "ia32",
  "arm",
  "ppc64",
  "riscv64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
];

function platformOf(name: string): Pick<LockEntry, "os" | "cpu"> | undefined {
  const words = name.split(/[/-]/).map((word) => (word === "windows" || word === "win" ? "win32" : word));
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  return os.length > 0 || cpu.length > 0
    ? { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }) }
    : undefined;
}

const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, LockEntry> };
const missing: Record<string, LockEntry> = {};
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    const platform = platformOf(name);
    if (path in lock.packages || !platform || !/^\d/.test(version)) continue;
    missing[path] = { version, ...platform, ...(entry.dev && { dev: true }), optional: true };
  }
}
lock.packages = Object.fromEntries(
  Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(missing).length} platform packages added`);
