/** Imports go down the floors of ARCHITECTURE.md, never up and never between neighbours. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Workspace → what it may import. */
const allowed: Record<string, readonly string[]> = {
  "packages/model": [],
  "packages/ledger": [],
  "packages/evtx": [],
  "packages/sigma": [],
  "packages/report": ["model"],
  "packages/intel": ["model"],
  "packages/inspect": ["model"],
  "packages/parsers": ["model", "evtx", "inspect"],
  "packages/engine": ["model", "ledger", "evtx", "sigma", "parsers", "report", "intel"],
  "apps/firebreak": ["model", "ledger", "evtx", "sigma", "parsers", "report", "intel", "inspect", "engine"],
};

function sourceFiles(dir: string): string[] {
  return readdirSync(join(root, dir, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(root, dir, "src", file));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);
}

describe.each(Object.keys(allowed))("%s", (workspace) => {
  const files = sourceFiles(workspace);
  it("has sources, and the check sees their imports", () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(0);
  });
  it("imports only the floors below", () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith("@firebreak/"))
        .filter((name) => !allowed[workspace]!.includes(name.split("/")[1]!))
        .map((name) => `${file.slice(root.length)} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });
  it("stays inside its own folder with relative imports", () => {
    // Tests may write their evidence with tools/evtx-writer and share test/support; what ships may not.
    const wrong = files
      .filter((file) => !file.endsWith(".test.ts"))
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith("."))
          .filter((name) => !join(file, "..", name).startsWith(join(root, workspace)))
          .map((name) => `${file.slice(root.length)} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });
});

it("no source but apps reads the environment, the clock or the terminal", () => {
  const files = Object.keys(allowed)
    .filter((name) => name.startsWith("packages/"))
    .flatMap(sourceFiles);
  const forbidden =
    /process\.env\b|Date\.now\(|new Date\(\)|console\.(log|error|warn)|process\.(stdout|stderr)/;
  const wrong = files.filter(
    (file) =>
      !file.endsWith(".test.ts") &&
      forbidden.test(readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")),
  );
  expect(wrong.map((file) => file.slice(root.length))).toEqual([]);
});
