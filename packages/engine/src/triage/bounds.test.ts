/** A small invented estate, read with a bound of a few records: what was not read is told, and never called absent. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TriageDocument } from "@firebreak/model/triage";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workAlert } from "../../../../test/support/desk.ts";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { readAlerts } from "../alerts/read.ts";
import { investigate } from "../case/investigate.ts";
import { type EventRow, eventOrder, eventRowColumns } from "../findings/rows.ts";
import { firstGrounds, firstNames, stated } from "./grounds.ts";
import { contextOf, type OpenCase, openCase } from "./open.ts";
import { questions } from "./questions/all.ts";
import { suspiciousCommands } from "./records/commands.ts";
import { coverageFor } from "./records/coverage.ts";
import { findFarEnds } from "./records/far-ends.ts";
import { inSpan, isOwnEvent } from "./records/spans.ts";
import { scopeOf } from "./scope.ts";

const dir = scratchFolder("bounds");
const now = () => "2029-06-02T00:00:00Z";
const start = Date.parse("2029-06-01T10:00:00Z");
const minute = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();
const insufficient = "insufficient evidence";

const proxy = (ms: number, client: string, url: string, result: string) =>
  `${(ms / 1000).toFixed(3)}    120 ${client} ${result} 2100 GET ${url} - HIER_NONE/- text/html`;
const ssh = (ms: number, text: string) =>
  `${iso(ms).replace("Z", "+00:00")} db1 sshd[77]: ${text} port 50123 ssh2`;

/** Three machines that browse, four refused visits and one that was let through after them, guessing that succeeds late. */
function write(): void {
  const requests: [number, string][] = [];
  for (let i = -120; i < 300; i++)
    requests.push([
      start + i * minute,
      proxy(start + i * minute, `172.30.1.${10 + (Math.abs(i) % 3)}`, "http://news.example/", "TCP_MISS/200"),
    ]);
  for (const [at, client, result] of [
    [0, "172.30.1.10", "TCP_DENIED/403"],
    [1, "172.30.1.10", "TCP_DENIED/403"],
    [2, "172.30.1.11", "TCP_DENIED/403"],
    [3, "172.30.1.11", "TCP_DENIED/403"],
    [20, "172.30.1.12", "TCP_MISS/200"],
  ] as const)
    requests.push([
      start + at * minute,
      proxy(start + at * minute, client, "http://lure.example/in", result),
    ]);
  const programs = Array.from(
    { length: 40 },
    (_, i) =>
      `${iso(start - 3 * 86_400_000 + i * minute)},PC-10,u1,powershell.exe,agent.exe,"powershell -enc ${"QUJD".repeat(9)}"`,
  );
  programs.push(
    `${iso(start + minute)},PC-10,u1,powershell.exe,agent.exe,"powershell -enc ${"QUJD".repeat(9)}"`,
    `${iso(start + 2 * minute)},PC-10,u1,powershell.exe,agent.exe,"powershell -enc ${"WFla".repeat(9)}"`,
  );
  const auth = Array.from({ length: 12 }, (_, i) =>
    ssh(start + i * 2000, "Failed password for root from 203.0.113.9"),
  );
  auth.push(ssh(start + 10 * minute, "Accepted password for root from 203.0.113.9"));
  for (let i = -3; i < 4; i++)
    auth.push(ssh(start + i * 40 * minute, "Accepted publickey for ida from 172.30.1.10"));
  const evidence = join(dir, "evidence");
  mkdirSync(evidence);
  const inOrder = requests.sort((a, b) => a[0] - b[0]).map(([, text]) => text);
  writeFileSync(join(evidence, "access.log"), `${inOrder.join("\n")}\n`);
  writeFileSync(join(evidence, "auth.log"), `${auth.sort().join("\n")}\n`);
  writeFileSync(
    join(evidence, "processes.csv"),
    `Time,Host,User,Process Name,Parent Process,Command Line\n${programs.join("\n")}\n`,
  );
  writeFileSync(
    join(dir, "org.yml"),
    "name: Port\ninternalNetworks: [172.30.0.0/16]\nassets:\n  - { name: PC-10, addresses: [172.30.1.10] }\n",
  );
}

const lure = {
  rule: "Suspicious URL",
  type: "Proxy",
  time: iso(start),
  source_ip: "172.30.1.10",
  request_url: "http://lure.example/in",
  device_action: "Blocked",
};
const guessing = {
  rule: "SSH brute force",
  time: iso(start + 30_000),
  source_ip: "203.0.113.9",
  hostname: "db1",
};

let opened: OpenCase;
beforeAll(async () => {
  write();
  const paths = [join(dir, "evidence")];
  await investigate({
    paths,
    case: join(dir, "case"),
    org: join(dir, "org.yml"),
    threads: 1,
    tool: "test",
    now,
  });
  opened = await openCase(join(dir, "case"));
});
afterAll(() => opened.close());

const alertOf = (fields: object) => readAlerts(JSON.stringify(fields), "alert.json", {})[0]!;
const work = (fields: object, maxRows?: number) => workAlert(opened, fields, now, maxRows);
const step = (document: TriageDocument, kind: string) => document.steps.find((one) => one.kind === kind)!;

describe("a read that stopped at its bound", () => {
  it.each<[string, object, string, number | undefined, string, string[]]>([
    ["all read: the late visit is seen", lure, "far-end-accessed", undefined, "accessed", []],
    [
      "only refused visits read: not called absent",
      lure,
      "far-end-accessed",
      4,
      insufficient,
      [
        "Of 5 records of url http://lure.example/in the first 4 were read.",
        "Of 5 records of domain lure.example the first 4 were read.",
      ],
    ],
    ["as many as there are: nothing was cut", lure, "far-end-accessed", 5, "accessed", []],
    ["all read: the late success is seen", guessing, "sign-in-success", undefined, "yes", []],
    [
      "only failures read: no absence of a success",
      guessing,
      "sign-in-success",
      12,
      insufficient,
      ["Of 13 records of address 203.0.113.9 the first 12 were read."],
    ],
    [
      "what was read is enough for a presence, and the bound is told all the same",
      guessing,
      "source-suspicious",
      12,
      "yes",
      ["Of 13 records of address 203.0.113.9 the first 12 were read."],
    ],
  ])("%s", async (_, alert, kind, maxRows, answer, limits) => {
    const document = await work(alert, maxRows);
    const found = step(document, kind);
    expect(found.suggested).toBe(answer);
    expect(found.limits).toEqual(limits);
    for (const limit of limits) {
      expect(document.limits).toContain(limit);
      expect(document.note).toContain(limit);
      if (answer === insufficient) expect(found.wouldChange).toContain(limit);
    }
  });

  it.each([1, 2, 3, 7])(
    "suggests no absence on it, whatever the question (%i records a read)",
    async (maxRows) => {
      for (const alert of [lure, guessing, { ...lure, type: "Malware", file_name: "powershell.exe" }]) {
        const limited = (await work(alert, maxRows)).steps.filter(({ limits }) => limits.length > 0);
        expect(limited).not.toEqual([]);
        for (const { kind, suggested } of limited)
          expect(questions.get(kind)?.absences ?? []).not.toContain(suggested);
      }
    },
  );

  it("counts exactly what artifacts and scope do not show", async () => {
    const { artifacts, scope } = await work(guessing, 3);
    const source = artifacts.find(({ value }) => value === "203.0.113.9")!;
    expect([source.events.length, source.eventsOmitted]).toEqual([3, 10]);
    const entity = scope.find(({ value }) => value === "203.0.113.9")!;
    expect([entity.records, entity.events.length, entity.eventsOmitted]).toEqual([13, 3, 10]);
    expect(entity.last).toBe("2029-06-01T10:10:00Z");
    const all = await work(guessing);
    const shown = all.artifacts.find(({ value }) => value === "203.0.113.9")!;
    expect([shown.events.length, shown.eventsOmitted]).toEqual([10, 3]);
    expect([all.limits, all.scopeOmitted]).toEqual([[], 0]);
  });

  it("counts the entities beyond the scope's bound", async () => {
    const context = await contextOf(opened, alertOf(lure));
    const { ends } = await findFarEnds(context);
    const all = scopeOf(context, ends);
    expect(all).toMatchObject({ omitted: 0, limits: [] });
    const { entities, omitted, limits } = scopeOf(context, ends, 2);
    expect([entities.length, omitted]).toEqual([2, all.entities.length - 2]);
    expect(limits).toEqual([expect.stringMatching(/^The scope lists 2 entities; \d+ more entit/)]);
  });
});

describe("lists that are cut", () => {
  const grounds = (count: number) =>
    Array.from({ length: count }, (_, i) => stated("alert", `g${i}.`, "alert"));
  it.each<[number, string, string[]]>([
    [0, "", []],
    [1, "n0", ["g0."]],
    [2, "n0, n1", ["g0.", "g1."]],
    [3, "n0, n1 and 1 more", ["g0.", "g1. (1 more ground not listed.)"]],
    [9, "n0, n1 and 7 more", ["g0.", "g1. (7 more grounds not listed.)"]],
  ])("say how many of %i are left out", (count, names, texts) => {
    expect(
      firstNames(
        grounds(count).map((_, i) => `n${i}`),
        2,
      ),
    ).toBe(names);
    expect(firstGrounds(grounds(count), 2).map(({ text }) => text)).toEqual(texts);
  });
});

describe("what is asked of the store", () => {
  const spans = [
    { fromMs: 0, toMs: 60 * minute },
    { fromMs: -2 * minute, toMs: 0 },
    { fromMs: 86_400_000, toMs: 2 * 86_400_000 },
  ];
  it.each([lure, { ...lure, hostname: "pc-10" }, guessing])(
    "agrees with the reading of each row",
    async (fields) => {
      const context = await contextOf(opened, alertOf(fields));
      const clock = { ...context.clock, offsetOf: () => 5 * minute };
      const { store } = opened.scene;
      const rows = await store.query<EventRow>(
        `SELECT ${eventRowColumns} FROM events e ORDER BY ${eventOrder}`,
      );
      const count = async (condition: string) =>
        (await store.query<{ n: number }>(`SELECT count(*) AS n FROM events e WHERE ${condition}`))[0]!.n;
      expect(await count(isOwnEvent(context.subject))).toBe(
        rows.filter((row) => context.subject.isOwn(row)).length,
      );
      for (const { fromMs, toMs } of spans) {
        const gap = (row: EventRow) => row.ms! - 5 * minute - clock.alertMs!;
        expect(await count(inSpan({ ...context, clock }, { fromMs, toMs }))).toBe(
          rows.filter((row) => row.ms !== null && gap(row) >= fromMs && gap(row) <= toMs).length,
        );
      }
    },
  );
  it("coverage counts all records of its window, and cites its first and last", async () => {
    const context = await contextOf(opened, alertOf(lure));
    const { grounds } = await coverageFor(context, ["web"], { fromMs: 0, toMs: 60 * minute });
    // One a minute from half an hour before to half an hour after the window, and the five visits.
    expect(grounds).toMatchObject([{ text: expect.stringContaining("126 web records"), eventsOmitted: 124 }]);
    expect(grounds[0]!.events.map(({ time }) => time)).toEqual([
      "2029-06-01T09:30:00Z",
      "2029-06-01T11:30:00Z",
    ]);
  });
  it("a command that also ran in the same words days before is none to tell", async () => {
    const context = await contextOf(opened, alertOf({ ...lure, hostname: "PC-10" }));
    const found = await suspiciousCommands(context, new Set(["pc-10"]), { fromMs: 0, toMs: 60 * minute });
    expect(found.map(({ row }) => row.command_line)).toEqual([expect.stringContaining("WFla")]);
  });
});
