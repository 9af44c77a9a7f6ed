/** The documents are true where a machine can tell: their links lead somewhere, and they name what there is. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { buildProgram } from "../apps/firebreak/src/program.ts";
import { samplePicture } from "../packages/report/fixtures/sample-picture.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const read = (file: string) => readFileSync(join(root, file), "utf8");
const pages = ["docs", "packages", "bench", "examples", "content", "tools"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .concat("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")
  .filter((file) => file.endsWith(".md") && !/node_modules|fixtures/.test(file))
  .sort();

it.each(pages)("links of %s lead somewhere", (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
});

it("docs/README.md lists every page", () => {
  const index = read("docs/README.md");
  const named = readdirSync(join(root, "docs")).filter(
    (name) => name.endsWith(".md") && name !== "README.md",
  );
  expect(named.filter((name) => !index.includes(`(${name})`))).toEqual([]);
});

describe("docs/cli.md", () => {
  const page = read("docs/cli.md");
  it.each(buildProgram().commands.map((command) => [command.name()]))("names %s", (name) => {
    expect(page).toMatch(new RegExp(`\`${name}[ \`]`));
  });
});

describe("docs/picture.md", () => {
  const rows = read("docs/picture.md").split("\n");
  it.each(Object.entries(samplePicture))("tells the members of %s", (key, value) => {
    const row = rows.find((line) => new RegExp(`^\\| \`${key}(?:\\[\\])?\``).test(line)) ?? "";
    const members = Object.keys((Array.isArray(value) ? value[0] : value) ?? {});
    expect(members.filter((name) => !new RegExp(`\`${name}(?:\\[\\])?\\??\``).test(row))).toEqual([]);
  });
});

it("tools/README.md names every tool", () => {
  const page = read("tools/README.md");
  const tools = readdirSync(join(root, "tools")).filter((name) => /\.(?:ts|mjs)$/.test(name));
  expect(tools.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
