/** Writes docs/formats.md from the registry, the command's help text, and the README's tour from the real commands. `--check` only compares. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formats } from "@firebreak/parsers/formats.generated";
import { jsonProducts } from "@firebreak/parsers/json-products/all";
import { payloads } from "@firebreak/parsers/payloads.generated";

const root = fileURLToPath(new URL("..", import.meta.url));
const isCheck = process.argv.includes("--check");
let stale = false;

function put(file: string, text: string): void {
  let present = "";
  try {
    present = readFileSync(join(root, file), "utf8");
  } catch {
    // First generation.
  }
  if (present === text) return;
  if (isCheck) {
    console.error(
      `${file} is stale: run 'npm run script tools/generate-docs.ts', read the difference and commit it`,
    );
    stale = true;
  } else writeFileSync(join(root, file), text);
}

function formatsPage(): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  const rows = [...formats]
    .sort(byName)
    .map(({ name, title, notes }) => `| \`${name}\` | ${cell(title)} | ${cell(notes)} |`);
  const short = ({ name, title }: { name: string; title: string }) => `| \`${name}\` | ${cell(title)} |`;
  const inside = [...payloads].sort(byName).map(short);
  const records = [...jsonProducts].sort(byName).map(short);
  return [
    "# Log formats",
    "",
    "Generated from the registry by `tools/generate-docs.ts`. Recognition is by content, for each file and each line; `firebreak formats --explain FILE`",
    "shows the votes. Fixtures with their golden output are in `packages/parsers/fixtures`.",
    "",
    `## Files and lines (${rows.length})`,
    "",
    "| name | what | recognised by, and time |",
    "|---|---|---|",
    ...rows,
    "",
    `## Messages inside syslog (${inside.length})`,
    "",
    "| name | what |",
    "|---|---|",
    ...inside,
    "",
    `## JSON records (${records.length})`,
    "",
    "In a line of their own, a list, an export's envelope, pretty-printed, or carried in another record's `message` or `event.original`.",
    "",
    "| name | what |",
    "|---|---|",
    ...records,
    "",
  ].join("\n");
}

/** What the command prints. A page is not written from a command that fails (exit codes from 2 up). */
function outputOf(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["apps/firebreak/bin/firebreak.mjs", ...args],
    { cwd: root, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
  );
  if (status === null || status > 1) throw new Error(`firebreak ${args.join(" ")} failed:\n${stderr}`);
  return stdout;
}

/** Replaces what stands below each `$ firebreak …` line of a console block by what that command prints now. */
function withRealOutput(readme: string): string {
  const work = mkdtempSync(join(tmpdir(), "firebreak-readme-"));
  try {
    return readme.replace(/```console\n\$ firebreak ([^\n]+)\n[\s\S]*?```/g, (_, command: string) => {
      const args = command.replaceAll("demo-cases", work).split(" ");
      const stdout = outputOf(args);
      // The ledger's head holds the time of the run.
      const output = stdout.replaceAll(work, "demo-cases").replace(/head [0-9a-f]{64}/, "head …");
      return `\`\`\`console\n$ firebreak ${command}\n${output}\`\`\``;
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What `firebreak --help` prints, on a terminal of usual width. */
function helpPage(): string {
  return outputOf(["help"]);
}

put("docs/formats.md", formatsPage());
put("apps/firebreak/bin/help.txt", helpPage());
put("README.md", withRealOutput(readFileSync(join(root, "README.md"), "utf8")));
process.exit(stale ? 1 : 0);
