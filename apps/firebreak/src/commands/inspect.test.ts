/** The real command on files that we build. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FileReport } from "@firebreak/inspect";
import { beforeAll, describe, expect, it } from "vitest";
import { commandIn } from "../../../../test/support/command.ts";
import { scratchFolder } from "../../../../test/support/scratch.ts";

const dir = scratchFolder("inspect");
const script = 'CreateObject("WScript.Shell").Run "powershell -w hidden -e SQBFAFgAIAAkAGEA"\n';

const firebreak = commandIn(dir);
const inspect = (...args: string[]) => firebreak("inspect", ...args);

beforeAll(() => {
  writeFileSync(join(dir, "run.vbs"), script);
  writeFileSync(join(dir, "note.txt"), "hello, see https://www.example/\u001b[31m\n");
  writeFileSync(join(dir, "good.yar"), 'rule HasShell { strings: $a = "WScript.Shell" condition: $a }\n');
  writeFileSync(join(dir, "bad.yar"), "rule X {\n  condition: nope\n}\n");
  // 10^12 steps: on no machine done within the time that the thread is given.
  const steps = "(0..1000000)";
  writeFileSync(
    join(dir, "slow.yar"),
    `rule Slow { condition: filesize > 1MB and for all i in ${steps} : ( for all j in ${steps} : ( i + j >= 0 ) ) }\n`,
  );
  writeFileSync(join(dir, "long.txt"), "A".repeat(12 * 2 ** 20));
});

describe("firebreak inspect", () => {
  it("prints one document for one file, an array for several", () => {
    const one = inspect("--json", "run.vbs");
    expect(one.status).toBe(1);
    const report = JSON.parse(one.stdout) as FileReport;
    expect(report).toMatchObject({
      verdict: "suspicious",
      type: { id: "vbscript" },
      hashes: { sha256: createHash("sha256").update(script).digest("hex") },
    });
    const several = inspect("--json", "note.txt", "run.vbs");
    expect((JSON.parse(several.stdout) as FileReport[]).map(({ name, verdict }) => [name, verdict])).toEqual([
      ["note.txt", "no sign found"],
      ["run.vbs", "suspicious"],
    ]);
  });

  it("tells a person the verdict, the reasons and defanged addresses, without control characters", () => {
    const { status, stdout } = inspect("note.txt");
    expect(status).toBe(0);
    expect(stdout).toContain("note.txt: NO SIGN FOUND");
    expect(stdout).toContain("hxxps://www[.]example/");
    expect(stdout).not.toContain("\u001b");
    expect(inspect("run.vbs").stdout).toMatch(/30 {2}PowerShell is given its commands in base64/);
  });

  it.each([
    ["a missing file", ["nothing.doc"], 3, /nothing\.doc: no such file/],
    ["a folder", ["."], 3, /is a folder; name the files in it/],
    ["a wrong rule", ["--yara", "bad.yar", "--", "note.txt"], 3, /bad\.yar, line 2: undefined identifier/],
  ])("%s is told with the next step", (_name, args, status, message) => {
    const answer = inspect(...args);
    expect(answer.status).toBe(status);
    expect(answer.stderr).toMatch(message);
  });

  it("tries YARA rules on parts", () => {
    const report = JSON.parse(inspect("--json", "--yara", "good.yar", "--", "run.vbs").stdout) as FileReport;
    expect(report.reasons).toContainEqual(
      expect.objectContaining({ what: "yara-match", where: { part: "run.vbs", offset: 14 } }),
    );
  });

  it("kills an examination that does not end, keeps hashes and type, and goes on with the next file", () => {
    const { status, stdout } = inspect(
      "--json",
      "--timeout",
      "1",
      "--yara",
      "slow.yar",
      "--",
      "long.txt",
      "note.txt",
    );
    expect(status).toBe(0);
    const [killed, next] = JSON.parse(stdout) as [FileReport, FileReport];
    expect(killed).toMatchObject({
      verdict: "unknown",
      type: { id: "text" },
      size: 12 * 2 ** 20,
      notes: [{ code: "time-limit" }],
    });
    expect(killed.hashes.sha256).toHaveLength(64);
    expect(next.verdict).toBe("no sign found");
  });

  it("a file over the limit gets its hashes and is unknown", () => {
    const { stdout } = inspect("--json", "--max-size", "1", "long.txt");
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "unknown",
      size: 12 * 2 ** 20,
      notes: [{ code: "size-limit" }],
    });
  });
});
