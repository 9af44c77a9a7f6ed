import type { FieldValue } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { MetricTally } from "./metrics.ts";
import type { RecordFacts } from "./read.ts";
import { SignInTally } from "./sign-ins.ts";

const at = (second: number) => ({ ms: Date.UTC(2026, 2, 1, 8, 0, second), ns: 0 });

function record(
  code: string,
  fields: Record<string, FieldValue>,
  more: Partial<RecordFacts> & { onConvert?: () => void } = {},
): RecordFacts {
  const { onConvert, ...facts } = more;
  return {
    log: "Security",
    provider: "Microsoft-Windows-Security-Auditing",
    computer: "WS01",
    time: at(0),
    ...facts,
    code,
    event: () => {
      onConvert?.();
      return { dataset: "windows/evtx", fields };
    },
  };
}

const signIn = (outcome: string, more: Record<string, FieldValue> = {}) => ({
  "event.category": ["authentication"],
  "event.type": ["start"],
  "event.outcome": outcome,
  "user.name": "alice",
  "user.domain": "EXAMPLE",
  "source.ip": "192.0.2.7",
  "winlog.event_data.LogonType": "3",
  ...more,
});

function rowsOf(records: readonly RecordFacts[]) {
  const tally = new SignInTally();
  for (const one of records) tally.add(one);
  return tally
    .rows()
    .map(({ count, outcome, account, source, target, method }) => [
      count,
      outcome,
      account,
      source,
      target,
      method,
    ]);
}

describe("sign-ins", () => {
  const failure = record("4625", signIn("failure"));
  const success = record("4624", signIn("success"));
  it.each<[name: string, records: RecordFacts[], rows: unknown[]]>([
    ["none", [], []],
    ["one", [success], [[1, "success", "EXAMPLE\\alice", "192.0.2.7", "WS01", "3 network"]]],
    [
      "success and failure apart, most frequent first",
      [success, failure, failure],
      [
        [2, "failure", "EXAMPLE\\alice", "192.0.2.7", "WS01", "3 network"],
        [1, "success", "EXAMPLE\\alice", "192.0.2.7", "WS01", "3 network"],
      ],
    ],
    ["the end of a session", [record("4634", signIn("success", { "event.type": ["end"] }))], []],
    ["rights", [record("4672", signIn("success", { "event.action": "logged-in-special" }))], []],
    ["no sign-in", [record("4688", { "event.category": ["process"] })], []],
    [
      "without Windows' logon type, an unknown type, and without a source",
      [
        record("", signIn("success", { "winlog.event_data.LogonType": "99", "source.ip": "-" })),
        record("", { ...signIn("success"), "winlog.event_data.LogonType": "", "event.action": "ssh_login" }),
      ],
      [
        [1, "success", "EXAMPLE\\alice", "", "WS01", "99"],
        [1, "success", "EXAMPLE\\alice", "192.0.2.7", "WS01", "ssh_login"],
      ],
    ],
  ])("%s", (_name, records, rows) => {
    expect(rowsOf(records)).toEqual(rows);
  });

  it("keeps the first and the last time; an undated one counts", () => {
    const tally = new SignInTally();
    for (const time of [at(5), at(2), undefined, at(9)])
      tally.add(record("4624", signIn("success"), { time }));
    expect(tally.rows()[0]).toMatchObject({ count: 4, firstMs: at(2).ms, lastMs: at(9).ms });
  });

  it("converts no further record of a kind that is no sign-in", () => {
    let conversions = 0;
    const other = record("4688", { "event.category": ["process"] }, { onConvert: () => conversions++ });
    rowsOf([other, other, other]);
    expect(conversions).toBe(1);
  });
});

describe("metrics", () => {
  const records = [
    record("4688", { "event.action": "created-process" }),
    record("4688", { "event.action": "created-process" }, { computer: "WS02" }),
    record("", { "event.action": "allowed" }, { log: "network/fortigate", provider: "", computer: "" }),
  ];
  it.each<["event" | "computer" | "log", unknown[]]>([
    [
      "event",
      [
        ["Security", "4688", "created-process", 2],
        ["network/fortigate", "allowed", "allowed", 1],
      ],
    ],
    [
      "computer",
      [
        ["(not told)", "", "", 1],
        ["WS01", "", "", 1],
        ["WS02", "", "", 1],
      ],
    ],
    [
      "log",
      [
        ["Security", "", "", 2],
        ["network/fortigate", "", "", 1],
      ],
    ],
  ])("by %s", (kind, rows) => {
    const tally = new MetricTally(kind);
    for (const one of records) tally.add(one);
    expect(tally.rows().map(({ name, code, meaning, count }) => [name, code, meaning, count])).toEqual(rows);
  });
});
