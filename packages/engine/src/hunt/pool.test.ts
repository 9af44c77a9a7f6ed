import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { filetimeOf, writeEvtx } from "../../../../tools/evtx-writer/writer.ts";
import { loadRuleTexts } from "../detect/rules.ts";
import type { HuntFile } from "./files.ts";
import { hunt } from "./hunt.ts";
import { makeTasks } from "./parts.ts";
import { runTasks } from "./pool.ts";
import type { Filters } from "./settings.ts";

const dir = mkdtempSync(join(tmpdir(), "firebreak-pool-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ruleSet = loadRuleTexts(
  [
    {
      path: "rules.yml",
      text: `title: Shell
id: 11111111-0000-4000-8000-000000000001
name: shell
level: low
tags: [attack.t1059]
logsource: { product: windows }
detection: { s: { Image|endswith: cmd.exe }, condition: s }
---
title: SSH
id: 11111111-0000-4000-8000-000000000002
level: medium
logsource: { product: linux, service: sshd }
detection: { s: { user.name: root }, condition: s }
---
title: Many shells
id: 11111111-0000-4000-8000-000000000003
level: high
correlation: { type: event_count, rules: [shell], group-by: [Computer], timespan: 1h, condition: { gte: 40 } }
`,
    },
  ],
  [],
);
const rules = { ruleSet, key: "k" };
const filters: Filters = { format: "jsonl", minLevel: "informational", withData: false };
const time = filetimeOf("2024-05-06T07:08:09Z");

function eventLog(name: string, count: number): HuntFile {
  const records = Array.from({ length: count }, (_, i) => ({
    recordId: i + 1,
    time: time + BigInt(i) * 10_000_000n,
    provider: { name: "Microsoft-Windows-Sysmon" },
    channel: "Microsoft-Windows-Sysmon/Operational",
    eventId: 1,
    computer: "ws-17",
    eventData: [
      { name: "Image", value: i % 3 === 0 ? "C:\\cmd.exe" : "C:\\x.exe" },
      { name: "CommandLine", value: `${name} ${i} ${"x".repeat(400)}` },
    ],
  }));
  const file = join(dir, name);
  writeFileSync(file, writeEvtx(records, { recordsPerChunk: 2 }));
  return { path: name, file, bytes: statSync(file).size, isEvtx: true };
}

function textLog(name: string, lines: number): HuntFile {
  const file = join(dir, name);
  writeFileSync(
    file,
    "2024-05-06T07:08:09Z web1 sshd[900]: Failed password for root from 203.0.113.9 port 4022 ssh2\n".repeat(
      lines,
    ),
  );
  return { path: name, file, bytes: statSync(file).size, isEvtx: false };
}

const files = [
  eventLog("a.evtx", 300),
  textLog("b.log", 1500),
  eventLog("c.evtx", 20),
  eventLog("d.evtx", 3),
];

async function linesWith(threads: number) {
  const lines: string[] = [];
  const parts: string[] = [];
  await runTasks({
    rules,
    filters,
    tasks: makeTasks(files, () => ({})),
    threads,
    onFound: ({ line }) => lines.push(line),
    onPart: ({ file, fromChunk = 0 }, { records }) => parts.push(`${file.path} ${fromChunk} ${records}`),
  });
  return { lines, parts };
}

describe("hunting with several threads", () => {
  it("gives the lines of one thread in the same order; large logs are split, output past the allowance waits", async () => {
    const one = await linesWith(1);
    expect(one.lines).toHaveLength(100 + 1500 + 7 + 1);
    expect(one.parts.slice(0, 4)).toEqual(["a.evtx 0 128", "a.evtx 64 128", "a.evtx 128 44", "b.log 0 1500"]);
    expect(await linesWith(3)).toEqual(one);
  });

  it("an error of the caller ends the run", async () => {
    const failing = runTasks({
      rules,
      filters,
      tasks: makeTasks(files, () => ({})),
      threads: 2,
      onFound: () => {
        throw new Error("nobody reads");
      },
      onPart: () => {},
    });
    await expect(failing).rejects.toThrow("nobody reads");
  });

  it("no file gives an empty summary", async () => {
    const summary = await hunt({
      rules,
      files: [],
      filters,
      timeFor: () => ({}),
      threads: 2,
      write: () => {},
    });
    expect(summary).toMatchObject({ files: 0, records: 0, detections: 0, firstMs: undefined, histogram: [] });
  });
});

describe("a hunt", () => {
  it("counts by level, computer, technique and rule; correlations follow the detection that completes them", async () => {
    const lines: { RuleTitle: string; Events?: string[] }[] = [];
    const summary = await hunt({
      rules,
      files,
      filters: { ...filters, minLevel: "low" },
      timeFor: () => ({}),
      threads: 2,
      write: (line) => lines.push(JSON.parse(line)),
    });
    expect(lines.find(({ RuleTitle }) => RuleTitle === "Many shells")?.Events).toContain("a.evtx:4608");
    expect(summary).toMatchObject({
      files: 4,
      records: 1823,
      byLevel: [
        { level: "critical", detections: 0 },
        { level: "high", detections: 1, rules: 1 },
        { level: "medium", detections: 1500 },
        { level: "low", detections: 0 },
        { level: "informational", detections: 0 },
      ],
      computers: [{ name: "web1", count: 1500 }],
      firstMs: Date.parse("2024-05-06T07:08:09Z"),
    });
  });
});
