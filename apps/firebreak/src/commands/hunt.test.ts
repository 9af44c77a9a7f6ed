/** The real command over event logs. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { commandIn } from "../../../../test/support/command.ts";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { filetimeOf, writeEvtx } from "../../../../tools/evtx-writer/writer.ts";

const dir = scratchFolder("hunt");
const firebreak = commandIn(dir);
const cache = join(dir, "cache");

const hunt = (...args: string[]) =>
  firebreak("hunt", "logs", "--rules", "rules.yml", "--cache", cache, ...args);
const json = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

function logon(recordId: number, at: string, user: string, type: number) {
  return {
    recordId,
    time: filetimeOf(at),
    provider: { name: "Microsoft-Windows-Security-Auditing" },
    eventId: 4624,
    channel: "Security",
    computer: "dc1.corp.example",
    eventData: [
      { name: "TargetUserName", value: user },
      { name: "LogonType", type: "uint32" as const, value: type },
      { name: "WorkstationName", value: "=cmd|' /c calc'!A1" },
    ],
  };
}

beforeAll(() => {
  mkdirSync(join(dir, "logs"));
  const early = [
    logon(1, "2024-05-06T07:08:09.1234567Z", "m.keller", 10),
    logon(2, "2024-05-06T09:00:00Z", "m.keller", 3),
  ];
  writeFileSync(join(dir, "logs", "b.evtx"), writeEvtx(early));
  writeFileSync(join(dir, "logs", "c.evtx"), writeEvtx(early));
  writeFileSync(join(dir, "logs", "a.evtx"), writeEvtx([logon(7, "2024-05-06T08:00:00Z", "svc-backup", 10)]));
  const rule = (title: string, id: number, level: string, test: string) =>
    `title: ${title}\nid: 22222222-0000-4000-8000-00000000000${id}\nlevel: ${level}\ntags: [attack.t1021.001]\nlogsource: { product: windows, service: security }\ndetection: { s: { ${test} }, condition: s }\n`;
  writeFileSync(
    join(dir, "rules.yml"),
    `${rule("Remote desktop", 1, "high", "EventID: 4624, LogonType: 10")}---\n${rule("Any logon", 2, "low", "EventID: 4624")}`,
  );
});

describe("firebreak hunt", () => {
  it("prints a line per detection in file order, reads equal files once, sums up on stderr", () => {
    const { status, stdout, stderr } = hunt();
    expect(status).toBe(1);
    const found = json(stdout);
    expect(found.map(({ File, RecordID, RuleLevel }) => `${File} ${RecordID} ${RuleLevel}`)).toEqual([
      "logs/a.evtx 7 high",
      "logs/a.evtx 7 low",
      "logs/b.evtx 1 high",
      "logs/b.evtx 1 low",
      "logs/b.evtx 2 low",
    ]);
    expect(found[2]).toEqual({
      RuleId: "22222222-0000-4000-8000-000000000001",
      RuleTitle: "Remote desktop",
      RuleLevel: "high",
      Techniques: ["T1021.001"],
      Timestamp: "2024-05-06T07:08:09.1234567Z",
      Computer: "dc1.corp.example",
      Channel: "Security",
      EventID: 4624,
      RecordID: 1,
      File: "logs/b.evtx",
      Offset: 4608,
      Event: "logs/b.evtx:4608",
      Matched: { EventID: "4624", LogonType: "10" },
    });
    expect(stderr).toContain("logs/c.evtx: the same bytes as logs/b.evtx, read once");
    expect(stderr).toMatch(/2 files, 3 records, .* MB in .* s/);
    expect(stderr).toContain("5 detections of 2 rules");
    expect(stderr).toContain("first 2024-05-06T07:08:09.123Z, last 2024-05-06T09:00:00Z");
    expect(stderr).toContain("techniques  T1021.001 5");
  });

  it.each([
    [
      ["--sort", "--min-level", "high"],
      [1, 7],
    ],
    [
      ["--from", "2024-05-06T08:00:00", "--to", "2024-05-06T10:00:00+01:00"],
      [7, 7],
    ],
    [
      ["--grep", "SVC-back"],
      [7, 7],
    ],
    [
      ["--regex", "^m\\.k[a-z]+$"],
      [1, 1, 2],
    ],
    [["--where", "TargetUserName=m.*", "--where", "LogonType=3"], [2]],
    [
      ["--threads", "2", "--min-level", "medium"],
      [7, 1],
    ],
    [["--from", "2030-01-01"], []],
  ])("%j leaves records %j", (args, ids) => {
    expect(json(hunt(...args, "--no-summary").stdout).map(({ RecordID }) => RecordID)).toEqual(ids);
  });

  it("CSV has the timeline's columns, all fields, and no formulas", () => {
    const [head, first] = hunt("--format", "csv", "--min-level", "high").stdout.split("\n");
    expect(head).toBe(
      "Timestamp,Computer,Channel,EventID,Level,RuleTitle,Details,ExtraFields,RecordID,File,RuleId,Techniques",
    );
    expect(first).toBe(
      "2024-05-06T08:00:00Z,dc1.corp.example,Security,4624,high,Remote desktop,LogonType: 10 ¦ TargetUserName: svc-backup ¦ WorkstationName: =cmd|' /c calc'!A1 ¦ EventID: 4624,,7,logs/a.evtx,22222222-0000-4000-8000-000000000001,T1021.001",
    );
  });

  it("gives lists to pivot by instead of detections, the gravest first", () => {
    const { status, stdout } = hunt("--pivot", "--no-summary");
    expect(status).toBe(1);
    const rows = json(stdout);
    expect(rows[0]).toMatchObject({ Kind: "user", Value: "m.keller", Level: "high" });
    expect(new Set(rows.map(({ Kind }) => Kind))).toEqual(new Set(["user", "host"]));
    expect(hunt("--pivot", "--threads", "2", "--no-summary").stdout).toBe(stdout);
    expect(hunt("--pivot", "--format", "csv", "--no-summary").stdout).toMatch(
      /^Kind,Value,Level,Rules,Detections,First,Last\nuser,m.keller,high,/,
    );
    expect(hunt("--pivot", "--from", "2030-01-01").status).toBe(0);
  });

  it("searches without rules", () => {
    const { status, stdout } = firebreak("hunt", "logs", "--grep", "svc-backup");
    expect(status).toBe(1);
    expect(json(stdout)).toMatchObject([
      { RuleTitle: "Search: svc-backup", Data: { TargetUserName: "svc-backup" } },
    ]);
  });

  it("keeps loaded rules, and loads them again when they change or the cache is damaged", () => {
    const before = hunt().stdout;
    const kept = readdirSync(cache);
    expect(kept).toHaveLength(1);
    writeFileSync(join(cache, kept[0]!), "{}");
    expect(hunt().stdout).toBe(before);
    const text = readFileSync(join(dir, "rules.yml"), "utf8");
    writeFileSync(join(dir, "rules.yml"), text.replace("Any logon", "Every logon"));
    expect(hunt().stdout).toContain("Every logon");
    writeFileSync(join(dir, "rules.yml"), text);
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it.each([
    [["--from", "yesterday"], "--from"],
    [["--regex", "(?<=a)b"], "--regex"],
    [["--where", "novalue"], "--where"],
  ])("%j is told as the user's mistake", (args, text) => {
    const { status, stderr } = hunt(...args);
    expect(status).toBe(3);
    expect(stderr).toContain(text);
  });
});

describe("firebreak evtx dump", () => {
  it("prints every record as JSON or XML", () => {
    const dumped = json(firebreak("evtx", "dump", "logs/b.evtx").stdout);
    expect(dumped.map(({ Event }) => Event.System.EventRecordID)).toEqual([1, 2]);
    const xml = firebreak("evtx", "dump", "logs/a.evtx", "--format", "xml").stdout;
    expect(xml).toMatch(/^<Event [^\n]*<Data Name="TargetUserName">svc-backup<\/Data>[^\n]*<\/Event>\n$/);
  });

  it("tells what is wrong and goes on", () => {
    writeFileSync(join(dir, "torn.evtx"), readFileSync(join(dir, "logs", "b.evtx")).subarray(0, 40_000));
    const { status, stdout, stderr } = firebreak("evtx", "dump", "torn.evtx");
    expect(json(stdout)).toHaveLength(2);
    expect(stderr).toContain("truncated-chunk");
    expect(status).toBe(0);
    expect(firebreak("evtx", "dump", "none.evtx")).toMatchObject({ status: 3 });
  });
});
