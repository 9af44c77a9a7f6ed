/** The real command, as a user runs it. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bin, commandIn } from "../../../test/support/command.ts";
import { scratchFolder } from "../../../test/support/scratch.ts";

const dir = scratchFolder("cli");
const firebreak = commandIn(dir);
const log = join(dir, "auth.log");
const rules = join(dir, "rule.yml");
const record =
  "2024-05-06T07:08:09Z web1 sshd[900]: Failed password for root from 203.0.113.9 port 4022 ssh2";

beforeAll(() => {
  mkdirSync(join(dir, "empty"));
  writeFileSync(join(dir, "broken.yml"), "title: x\nname: [open\n");
  writeFileSync(log, `${record}\n\u001b[31mno log line\u202e at all\n`);
  writeFileSync(
    rules,
    "title: Failed SSH\nid: 0b0f4c2e-7a53-4a1c-9d53-5a4f8f1f2a11\nlevel: low\nlogsource: { product: linux, service: sshd }\ndetection:\n  s: { user.name: root }\n  condition: s\n",
  );
});

describe("firebreak", () => {
  it.each([
    ["--help"],
    ["investigate", "--help"],
    ["parse", "--help"],
    ["hunt", "--help"],
    ["inspect", "--help"],
    ["evtx", "dump", "--help"],
    ["verify", "--help"],
    ["report", "--help"],
    ["show", "--help"],
    ["formats", "--help"],
    ["clock", "set", "--help"],
    ["clock", "suggest", "--help"],
    ["dialect", "learn", "--help"],
    ["rules", "check", "--help"],
    ["triage", "--help"],
    ["alerts", "group", "--help"],
    ["playbooks", "import", "--help"],
    ["drill", "score", "--help"],
  ])("%s shows an example", (...args) => {
    const { status, stdout } = firebreak(...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Examples?:\n\s+firebreak /);
  });

  it("parse prints nested ECS with its place and provenance; what is no record goes to stderr, made inert", () => {
    const { status, stdout, stderr } = firebreak("parse", "auth.log");
    expect(status).toBe(0);
    const [event] = stdout
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(event).toMatchObject({
      "@timestamp": "2024-05-06T07:08:09Z",
      event: { dataset: "linux/sshd", original: record, outcome: "failure" },
      log: { file: { path: "auth.log" }, offset: 0 },
      source: { ip: "203.0.113.9" },
      firebreak: { time: { original: "2024-05-06T07:08:09Z", zone_source: "in-record" } },
    });
    expect(stderr).toContain(`byte ${record.length + 1}, line 2`);
    expect(stdout + stderr).not.toMatch(/[\u001b\u202e]/);
  });

  it("hunt prints one line per detection with what matched", () => {
    const { status, stdout } = firebreak("hunt", "auth.log", "--rules", "rule.yml");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      RuleId: "0b0f4c2e-7a53-4a1c-9d53-5a4f8f1f2a11",
      RuleTitle: "Failed SSH",
      RuleLevel: "low",
      Timestamp: "2024-05-06T07:08:09Z",
      Computer: "web1",
      File: "auth.log",
      Matched: { "user.name": "root" },
    });
    expect(firebreak("hunt", "auth.log", "--rules", "rule.yml", "--format", "csv").stdout).toMatch(
      /^Timestamp,Computer,Channel,EventID,Level,.*\n2024-05-06T07:08:09Z,web1,linux\/sshd,,low,Failed SSH,user.name: root,/,
    );
  });

  it("investigate, verify, report and show work on one case", () => {
    const run = firebreak("investigate", "auth.log", "--case", "case", "--json");
    expect([0, 1]).toContain(run.status);
    const picture = JSON.parse(run.stdout);
    expect(Object.keys(picture).sort()).toEqual([
      "case",
      "clocks",
      "counts",
      "coverage",
      "detections",
      "entities",
      "evidence",
      "findings",
      "research",
      "timeline",
    ]);
    expect(picture.evidence[0]).toMatchObject({
      path: "auth.log",
      format: "syslog/rfc3164",
      records: 1,
      rejected: 1,
      undated: 0,
    });
    expect(firebreak("investigate", "auth.log", "--case", "case", "--json").stdout).toBe(run.stdout);
    expect(firebreak("verify", "case")).toMatchObject({ status: 0 });
    expect(firebreak("report", "case", "--format", "html,md,json", "--out", "out").status).toBe(0);
    expect(readFileSync(join(dir, "out/report.html"), "utf8")).toMatch(/^<!doctype html>/i);
    expect(firebreak("show", "case", `${picture.evidence[0].id}:0`).stdout).toBe(`${record}\n`);
    writeFileSync(log, readFileSync(log, "utf8").replace("root", "toor"));
    const broken = firebreak("verify", "case");
    expect(broken.status).toBe(5);
    expect(broken.stdout).toContain("auth.log: changed since it was read");
    writeFileSync(log, readFileSync(log, "utf8").replace("toor", "root"));
  });

  it("keeps a queue: adds once, takes, closes, lists, and exports and checks playbooks", () => {
    writeFileSync(
      join(dir, "alerts.csv"),
      "Time,Rule,Severity,Host\n2028-05-01 09:00:00,Odd \u001b[31mlogin,High,WS1\n2028-05-01 09:10:00,R2,Low,WS2\n",
    );
    const desk = (...args: string[]) => firebreak("alerts", ...args, "--case", "desk");
    expect(desk("add", "alerts.csv", "--by", "ann").stderr).toContain("2 alerts added, 0 known");
    expect(desk("add", "alerts.csv").stderr).toContain("0 alerts added, 2 known");
    const [first] = JSON.parse(desk("list", "--json").stdout);
    expect(first).toMatchObject({ severity: "high", status: "open", seen: 2, deviceAction: "unknown" });
    expect(desk("take", first.id, "--by", "ann").status).toBe(0);
    expect(desk("close", first.id, "--verdict", "harmless", "--reason", "x").status).toBe(3);
    expect(desk("close", first.id, "--verdict", "false positive", "--reason", "our own test").status).toBe(0);
    const list = desk("list").stdout;
    expect(list).toContain("R2");
    expect(list).not.toContain(first.id);
    const shown = desk("show", first.id).stdout;
    expect(shown).toContain("closed as false positive: our own test");
    expect(shown).not.toContain("\u001b");
    writeFileSync(join(dir, "playbook.json"), firebreak("playbooks", "export", "phishing").stdout);
    expect(firebreak("playbooks", "check", "playbook.json")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("valid CACAO 2.0"),
    });
    expect(firebreak("playbooks", "import", "playbook.json", "--case", "desk").status).toBe(0);
  });

  it.each([
    [["nonsense"], 2, "unknown command"],
    [["triage", "none.json", "--case", "c3"], 3, "no such file"],
    [["playbooks", "check", "alerts.csv"], 1, ""],
    [["drill", "score", "nothing", "--auto"], 3, "drill list"],
    [["alerts", "show", "A-0000", "--case", "desk"], 3, "no such alert"],
    [["investigate", "auth.log"], 2, "--case"],
    [["investigate", "auth.log", "--case", "c2", "--timezone", "Mars/Olympus"], 3, "not a known zone"],
    [["investigate", "auth.log", "--case", "c2", "--org", "none.yml"], 3, "no such file"],
    [["hunt", "auth.log", "--rules", "none.zip"], 3, "--rules none.zip"],
    [["verify", "nowhere"], 4, "no case here"],
    [["report", "nowhere"], 4, "Run 'firebreak investigate'"],
    [["parse", "nowhere.log"], 3, "no such file or folder"],
    [["hunt", "nowhere", "--rules", "rule.yml"], 3, "no such file or folder"],
    [["logons", "nowhere"], 3, "no such file or folder"],
    [["investigate", "nowhere", "--case", "c2"], 3, "nowhere: no such file or folder"],
    [["investigate", "empty", "--case", "c4"], 0, "empty: no file to read"],
    [["investigate", ".", "--case", "c2"], 3, "lies in the evidence"],
    [["investigate", "auth.log", "--case", "c2", "--rules", "empty"], 3, "no .yml file in it"],
    [["clock", "list", "nowhere"], 4, "no case here"],
    [["alerts", "list", "--case", "nowhere"], 4, "no case here"],
    [["show", "desk", "line 3"], 3, "no event reference"],
    [["triage", "none.json", "--case", "desk"], 3, "no such file"],
    [["evtx", "dump", "nowhere.evtx"], 3, "nowhere.evtx: no such file"],
    [["evtx", "dump", "auth.log"], 3, "no Windows event log"],
    [["dialect", "learn", "empty"], 3, "a folder"],
    [["formats", "--explain", "empty"], 3, "a folder"],
    [["report", "desk", "--format", "pdf"], 3, "one of html, md, json"],
    [["parse", "auth.log", "--reference-date", "tomorrow"], 3, "not a date"],
    [["investigate", "auth.log", "--case", "rule.yml"], 3, "--case rule.yml: a file has its name"],
    [["investigate", "auth.log", "--case", "rule.yml/c"], 3, "or that of a folder above"],
    [["investigate", "auth.log", "--case", "c2", "--threads", "many"], 2, "whole number from 1 to 64"],
    [["investigate", "auth.log", "--case", "c2", "--threads", "0"], 2, "whole number from 1 to 64"],
    [["investigate", "auth.log", "--case", "c2", "--org", "broken.yml"], 3, "at line 3, column 1\n"],
    [["investigate", "auth.log", "--case", "c2", "--dialect", "none"], 3, "--dialect none: no such file"],
    [["inspect", "auth.log", "--max-depth", "deep"], 2, "whole number"],
    [["hunt", "auth.log", "--rules", "broken.yml"], 3, "no rule in it loads (broken.yml:"],
    [["rules", "explain", "broken.yml", "{}"], 3, "broken.yml:"],
    [["verify", "rule.yml"], 4, "no case here"],
    [["report", "rule.yml"], 4, "no picture here"],
    [["report", "desk", "--out", "rule.yml"], 4, "Run 'firebreak investigate'"],
  ] as [string[], number, string][])("%j ends with %i and says %s", (args, code, text) => {
    const { status, stderr } = firebreak(...args);
    expect(stderr).toContain(text);
    expect(status).toBe(code);
  });

  it("a damaged case is told by the file, with what to do, and is no defect", () => {
    expect([0, 1]).toContain(firebreak("investigate", "auth.log", "--case", "damaged").status);
    writeFileSync(join(dir, "damaged/picture.json"), "{");
    writeFileSync(join(dir, "damaged/store/events.duckdb"), "no database");
    for (const [file, args] of [
      ["picture.json", ["report", "damaged"]],
      ["picture.json", ["alerts", "add", "--findings", "--case", "damaged"]],
      ["store/events.duckdb", ["rehunt", "damaged", "--rules", "rule.yml"]],
      ["store/events.duckdb", ["clock", "suggest", "damaged"]],
    ] as const) {
      const { status, stderr } = firebreak(...args);
      expect(stderr).toContain(`damaged: ${file} is damaged (`);
      expect(stderr).toContain("'firebreak verify damaged' says what changed");
      expect(status).toBe(4);
    }
    const { status, stdout } = firebreak("verify", "damaged");
    expect(status).toBe(5);
    expect(stdout).toMatch(/FAILED {2}picture: read/);
    expect([0, 1]).toContain(firebreak("investigate", "auth.log", "--case", "damaged").status);
    expect(firebreak("verify", "damaged").status).toBe(0);
  });

  it("a second process on the same case is told so and changes nothing", async () => {
    writeFileSync(join(dir, "big.log"), `${record}\n`.repeat(150_000));
    const first = spawn(process.execPath, [bin, "investigate", "big.log", "--case", "busy"], {
      cwd: dir,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => first.once("exit", resolve));
    while (!existsSync(join(dir, "busy", "case.lock")))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const second = firebreak("investigate", "auth.log", "--case", "busy");
    expect(second.status).toBe(4);
    expect(second.stderr).toMatch(/in use|lock/);
    first.kill("SIGINT");
    expect(await ended).toBe(6);
    const ledger = readFileSync(join(dir, "busy", "ledger.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(ledger.at(-1).action).toBe("investigation.interrupt");
    expect([0, 1]).toContain(firebreak("investigate", "auth.log", "--case", "busy").status);
    expect(firebreak("verify", "busy").status).toBe(0);
  });
});
