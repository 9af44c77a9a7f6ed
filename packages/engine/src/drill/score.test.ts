import { describe, expect, it } from "vitest";
import { readKey } from "./key.ts";
import { scoreDrill } from "./score.ts";
import { readSubmission } from "./submission.ts";

const key = readKey(`
title: t
teaches: x
answers:
  - { kind: device-stopped, accept: [not quarantined], cites: [fw.log], because: traffic followed, wrong: { blocked: "Blocked is one attempt." } }
  - { kind: web-success, accept: ["no"], because: all refused }
scope:
  - { value: 192.0.2.24, because: it met the same address }
verdict: { accept: [true positive], because: it ran, wrong: { false positive: "A clean score is no clean bill." } }
timing:
  happened: { value: 192.0.2.99, first: 2025-01-01T10:00:00Z }
  closeWithinMinutes: 30
`);
const right = {
  answers: { "device-stopped": "not quarantined", "web-success": "no" },
  cites: { "device-stopped": ["evidence/fw.log:12"] },
  scope: ["192.0.2.24", { value: "192.0.2.99", first: "2025-01-01T10:00:30Z" }],
  verdict: "true positive",
  times: { taken: "2025-01-02T10:00:00Z", closed: "2025-01-02T10:20:00Z" },
};
const score = (change: object) =>
  scoreDrill(key, readSubmission(JSON.stringify({ ...right, ...change }), "answers.json"));

describe("scoreDrill", () => {
  it("gives all points to what is right, cited, complete and in time", () => {
    expect(score({})).toMatchObject({ points: 70, of: 70, misses: [], notes: [] });
  });
  it.each<[string, object, string, number, RegExp]>([
    [
      "a wrong answer loses its points with what it overlooked",
      { answers: { ...right.answers, "device-stopped": "blocked" } },
      "answers",
      15,
      /Blocked is one attempt/,
    ],
    [
      "insufficient evidence where there was enough",
      { answers: { ...right.answers, "device-stopped": "insufficient evidence" } },
      "answers",
      15,
      /There was enough: traffic followed/,
    ],
    ["no answer", { answers: { "web-success": "no" } }, "answers", 15, /traffic followed/],
    ["a right answer that cites nothing", { cites: {} }, "citations", 5, /nothing in fw.log is cited/],
    [
      "a right answer that cites another source",
      { cites: { "device-stopped": ["proxy.log"] } },
      "citations",
      5,
      /nothing in fw.log is cited/,
    ],
    ["a second host that was missed", { scope: [right.scope[1]] }, "scope", 10, /it met the same address/],
    ["a wrong verdict", { verdict: "false positive" }, "verdict", 20, /no clean bill/],
    [
      "a clock read in the wrong zone",
      { scope: ["192.0.2.24", { value: "192.0.2.99", first: "2025-01-01T11:00:00Z" }] },
      "timing",
      10,
      /3600 s off: check in which zone/,
    ],
    ["no time at all", { scope: ["192.0.2.24", "192.0.2.99"] }, "timing", 10, /No first time/],
    [
      "too slow",
      { times: { taken: "2025-01-02T10:00:00Z", closed: "2025-01-02T11:00:00Z" } },
      "timing",
      5,
      /Practice/,
    ],
  ])("%s", (_, change, section, lost, why) => {
    const { points, of, misses } = score(change);
    expect(of - points).toBe(lost);
    expect(misses[0]).toMatchObject({ section });
    expect(misses[0]!.why).toMatch(why);
  });
  it("does not score work time that nobody recorded, and says so", () => {
    const { of, notes } = score({ times: {} });
    expect(of).toBe(65);
    expect(notes).toEqual([expect.stringContaining("was not recorded")]);
  });
  it.each([
    ["a list", "[1]"],
    ["prose", "hello"],
    ["no answers", "verdict: x"],
  ])("refuses %s", (_, text) => {
    expect(() => readSubmission(text, "a.yml")).toThrow(/--answers a.yml/);
  });
  it("reads YAML's and JSON's yes and no alike", () => {
    const one = readSubmission("answers: { a: no, b: yes }", "f");
    const two = readSubmission('{"answers": {"a": false, "b": true}}', "f");
    expect([...one.answers].map(([, { answer }]) => answer)).toEqual(["no", "yes"]);
    expect([...two.answers].map(([, { answer }]) => answer)).toEqual(["no", "yes"]);
  });
});
