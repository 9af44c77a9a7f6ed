import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandIn } from "../../../../test/support/command.ts";
import { scratchFolder } from "../../../../test/support/scratch.ts";

const dir = scratchFolder("tally");

const log = join(dir, "auth.log");
writeFileSync(
  log,
  [
    "2026-03-01T08:00:01+00:00 gate sshd[10]: Failed password for alice from 192.0.2.7 port 4000 ssh2",
    "2026-03-01T08:00:03+00:00 gate sshd[10]: Failed password for alice from 192.0.2.7 port 4001 ssh2",
    "2026-03-01T08:00:09+00:00 gate sshd[10]: Accepted password for alice from 192.0.2.7 port 4002 ssh2",
    "2026-03-02T08:00:09+00:00 gate sshd[11]: Accepted password for bob from 198.51.100.4 port 4002 ssh2",
    "",
  ].join("\n"),
);

function run(...args: string[]) {
  const { stdout, status } = commandIn(dir)(...args);
  return { status, rows: stdout.split("\n").filter((line) => line !== "") };
}

describe("firebreak logons", () => {
  it("sums up who signed in, with success and failure", () => {
    const { status, rows } = run("logons", log, "--format", "jsonl");
    expect(status).toBe(1);
    expect(rows.map((row) => JSON.parse(row)).map((row) => [row.Count, row.Outcome, row.Account])).toEqual([
      [2, "failure", "alice"],
      [1, "success", "alice"],
      [1, "success", "bob"],
    ]);
  });
  it("keeps to a span of time, and says by its exit code that nothing is in it", () => {
    expect(run("logons", log, "--format", "csv", "--from", "2026-03-02").rows).toHaveLength(2);
    expect(run("logons", log, "--from", "2027-01-01").status).toBe(0);
    expect(run("logons", log, "--from", "soon").status).toBe(3);
  });
});

describe("firebreak metrics", () => {
  it("counts records", () => {
    const { rows } = run("metrics", log, "--by", "computer", "--format", "csv");
    expect(rows).toEqual(["Count,Computer,First,Last", "4,gate,2026-03-01T08:00:01Z,2026-03-02T08:00:09Z"]);
  });
});
