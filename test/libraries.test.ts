/** The libraries that people install alone: what npm packs of them is installed in an empty folder and runs as their READMEs say. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { logon, spec } from "../packages/evtx/test/logs.ts";
import { writeEvtx } from "../tools/evtx-writer/writer.ts";
import { scratchFolder } from "./support/scratch.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

interface Library {
  readonly name: string;
  /** Its dependencies and theirs, which are installed from this clone: tests open no socket. */
  readonly dependencies: readonly string[];
  /** Files that the examples read. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

const failedLogon = { ...logon(2), eventId: 4625 };
const libraries: Library[] = [
  {
    name: "evtx",
    dependencies: [],
    files: { "Security.evtx": writeEvtx([spec({ recordId: 1 }), failedLogon]) },
  },
  { name: "sigma", dependencies: ["ipaddr.js", "js-yaml", "argparse", "re2js"], files: {} },
];

/** Runs a program and gives its standard output; a failure shows what it said. */
function run(cwd: string, program: string, ...args: string[]): string {
  const shell = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", shell });
  expect(status, `${program} ${args.join(" ")}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Packing changes the manifest for a moment, so it happens in a copy: other tests run from the sources. */
function pack({ name }: Library, scratch: string): { archive: string; paths: string[] } {
  const copy = join(scratch, "clone");
  for (const file of [
    `packages/${name}`,
    "tools/pack-library.ts",
    "tsconfig.json",
    "tsconfig.pack.json",
    "LICENSE",
  ]) {
    cpSync(join(root, file), join(copy, file), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  const answer = run(
    join(copy, "packages", name),
    "npm",
    "pack",
    "--json",
    "--silent",
    "--pack-destination",
    scratch,
  );
  const [packed] = JSON.parse(answer);
  return {
    archive: join(scratch, packed.filename),
    paths: packed.files.map((file: { path: string }) => file.path),
  };
}

/** The README's programs, each with the output that the page shows after it. */
function examples(name: string): { code: string; output: string | undefined }[] {
  const readme = readFileSync(join(root, "packages", name, "README.md"), "utf8");
  return [...readme.matchAll(/```js\n(.*?)```\n(?:\n```text\n(.*?)```\n)?/gs)].map(([, code, output]) => ({
    code: code!,
    output,
  }));
}

describe.each(libraries)("@firebreak/$name", (library) => {
  const scratch = scratchFolder(library.name);
  const home = join(scratch, "home");
  let paths: string[] = [];

  beforeAll(() => {
    const packed = pack(library, scratch);
    paths = packed.paths;
    mkdirSync(home);
    writeFileSync(join(home, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const parts = library.dependencies.map((name) => join(root, "node_modules", name));
    run(
      home,
      "npm",
      "install",
      "--offline",
      "--install-links",
      "--no-audit",
      "--no-fund",
      packed.archive,
      ...parts,
    );
    for (const [name, bytes] of Object.entries(library.files)) writeFileSync(join(home, name), bytes);
    examples(library.name).forEach(({ code }, index) => {
      writeFileSync(join(home, `example-${index}.js`), code);
      writeFileSync(join(home, `typed-${index}.ts`), code);
    });
  });

  it("holds JavaScript, its types, the README and the licence, and nothing else", () => {
    expect(paths).toContain("dist/index.js");
    expect(paths).toContain("dist/index.d.ts");
    expect(paths.filter((path) => !/^dist\/.*\.(?:js|d\.ts)$/.test(path)).sort()).toEqual([
      "LICENSE",
      "README.md",
      "package.json",
    ]);
    expect(paths.filter((path) => path.includes(".test."))).toEqual([]);
  });

  it.each(examples(library.name).map((example, index) => ({ ...example, index })))(
    "runs example $index of its README",
    ({ output, index }) => {
      const printed = run(home, process.execPath, `example-${index}.js`);
      if (output === undefined) expect(printed).not.toBe("");
      else expect(printed).toBe(output);
    },
  );

  it("has types that the examples pass, without trust in its own declarations", () => {
    const options = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "false",
      "--module",
      "nodenext",
      "--target",
      "es2023",
    ];
    const types = ["--typeRoots", join(root, "node_modules", "@types"), "--types", "node"];
    const files = examples(library.name).map((_, index) => `typed-${index}.ts`);
    run(
      home,
      process.execPath,
      join(root, "node_modules", "typescript", "bin", "tsc"),
      ...options,
      ...types,
      ...files,
    );
  });
});
