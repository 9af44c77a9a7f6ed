import { describe, expect, it } from "vitest";
import { matchChain, type StepEvent } from "./match.ts";
import { readChain } from "./spec.ts";

const spec = readChain(
  `
id: guessed
title: Guessed
statement: "{pivot} guessed a password"
pivot: source.ip
minimum: 2
levels: [[medium, 50], [high, 75]]
steps:
  - { name: failures, rules: [failed], min: 2, burst: 10m, anchor: true }
  - { name: success, rules: [ok], within: 15m, same: [user_name] }
  - { name: change, rules: [change], before: 1m, within: 2h }
`,
  "test",
);

const event = (ref: string, minute: number | null, user = "admin"): StepEvent => ({
  ref,
  ms: minute === null ? null : minute * 60_000,
  values: { user_name: user },
});

const told = (failures: StepEvent[], successes: StepEvent[], changes: StepEvent[]) => {
  const match = matchChain(spec, "10.0.0.9", [failures, successes, changes]);
  return match?.steps.map((step) =>
    step.met ? step.events.map(({ ref }) => ref).join("+") : `- ${step.nearestMiss}`,
  );
};

describe("matchChain", () => {
  const failures = [event("f1", 0), event("f2", 1)];
  it.each<[string, StepEvent[], StepEvent[], StepEvent[], string[] | undefined]>([
    ["nothing", [], [], [], undefined],
    ["one failure is no burst", [event("f1", 0)], [event("s", 2)], [], undefined],
    ["failures alone are too little", failures, [], [], undefined],
    [
      "two of three",
      failures,
      [event("s", 2)],
      [],
      ["f1+f2", "s", "- no such record about it in the evidence"],
    ],
    ["all three", failures, [event("s", 2)], [event("c", 60)], ["f1+f2", "s", "c"]],
    [
      "a change just before counts",
      failures,
      [],
      [event("c", -1)],
      ["f1+f2", "- no such record about it in the evidence", "c"],
    ],
    [
      "too late is told as a near miss",
      failures,
      [event("s", 40)],
      [event("c", 5)],
      ["f1+f2", "- nearest: 40 min after the first step (s)", "c"],
    ],
    [
      "another account is told as a near miss",
      failures,
      [event("s", 2, "bob")],
      [event("c", 5)],
      ["f1+f2", "- nearest: 2 min after the first step, with another user_name (s)", "c"],
    ],
    [
      "an undated record is not put in order",
      failures,
      [event("s", null)],
      [event("c", 5)],
      ["f1+f2", "- a record without a usable time cannot be put in order (s)", "c"],
    ],
    [
      "a record of the first step is no second one",
      failures,
      [event("f1", 0)],
      [event("c", 5)],
      ["f1+f2", "- only records of the first step itself (f1)", "c"],
    ],
    [
      "the burst with most steps is taken",
      [...failures, event("f3", 300), event("f4", 301)],
      [event("s", 302)],
      [],
      ["f3+f4", "s", "- no such record about it in the evidence"],
    ],
  ])("%s", (_, a, b, c, wanted) => expect(told(a, b, c)).toEqual(wanted));
});
