import { describe, expect, it } from "vitest";
import { PivotLists, pivotValues } from "./pivot.ts";

describe("pivot lists", () => {
  it("take each value of an event once, whatever its letters' case, and none that says nothing", () => {
    const fields = {
      "related.user": ["Ann", "ann", "-"],
      "related.hosts": ["ws-1"],
      "host.name": "WS-1",
      "related.ip": ["203.0.113.9", "::"],
      "process.executable": "C:\\x.exe",
    };
    expect(pivotValues(fields)).toEqual([
      ["user", "Ann"],
      ["host", "ws-1"],
      ["address", "203.0.113.9"],
      ["process", "C:\\x.exe"],
    ]);
    expect(pivotValues({})).toEqual([]);
  });

  it("count detections and rules, keep the highest level and the span; the gravest come first", () => {
    const lists = new PivotLists();
    lists.add([["user", "bob"]], 1, "low", { ms: 5, ns: 0 });
    lists.add([["user", "bob"]], 2, "low", undefined);
    lists.add(
      [
        ["user", "Bob"],
        ["hash", "ab"],
      ],
      2,
      "medium",
      { ms: 3, ns: 0 },
    );
    lists.add([["user", "ann"]], 3, "high", undefined);
    expect(lists.rows()).toEqual([
      {
        kind: "user",
        value: "ann",
        detections: 1,
        rules: 1,
        level: "high",
        firstMs: undefined,
        lastMs: undefined,
      },
      { kind: "user", value: "bob", detections: 3, rules: 2, level: "medium", firstMs: 3, lastMs: 5 },
      { kind: "hash", value: "ab", detections: 1, rules: 1, level: "medium", firstMs: 3, lastMs: 3 },
    ]);
  });

  it("are bounded, and tell what they left out", () => {
    const lists = new PivotLists();
    for (let i = 0; i < 100_002; i++) lists.add([["user", `u${i}`]], 0, "low", undefined);
    expect([lists.rows().length, lists.omitted]).toEqual([100_000, 2]);
  });
});
