import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseCorrelation } from "../../src/correlation/parse.ts";

interface Block {
  section: string;
  correlation: Record<string, unknown>;
  rows: [name: string, changes: Record<string, unknown> & { without?: string[] }, expected: string][];
}

const text = readFileSync(new URL("correlation-document.yml", import.meta.url), "utf8");

for (const block of parse(text) as Block[]) {
  describe(block.section, () => {
    test.each(block.rows)("%s", (_name, { without = [], ...changes }, expected) => {
      const kept = Object.entries(block.correlation).filter(([key]) => !without.includes(key));
      const document = { title: "t", correlation: { ...Object.fromEntries(kept), ...changes } };
      const { correlation, diagnostics } = parseCorrelation(document, { path: "rule.yml", line: 3 });
      const codes = diagnostics.map(({ code }) => code);
      expect([...(correlation === undefined ? [] : ["read"]), ...codes].join(", ")).toBe(expected);
      for (const diagnostic of diagnostics) expect(diagnostic).toMatchObject({ file: "rule.yml", line: 3 });
      expect(diagnostics.some(({ severity }) => severity === "error")).toBe(correlation === undefined);
    });
  });
}

describe("documents that are none", () => {
  const cases: [string, unknown][] = [
    ["undefined", undefined],
    ["null", null],
    ["a text", "correlation"],
    ["a list", []],
    ["a map without the key", { title: "t" }],
    ["the key is a list", { correlation: [] }],
    ["the key is null", { correlation: null }],
  ];
  test.each(cases)("%s", (_name, document) => {
    const { correlation, diagnostics } = parseCorrelation(document, { path: "rule.yml" });
    expect(correlation).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["no-correlation"]);
  });
});

test("metadata is read", () => {
  const document = {
    title: "Guessing",
    id: "0e95725d-0000-4000-8000-000000000001",
    name: "guessing",
    level: "high",
    description: "Many failures.",
    falsepositives: ["A forgotten password"],
    tags: ["attack.credential-access", "attack.t1110.001"],
    correlation: {
      type: "event_count",
      rules: ["a"],
      "group-by": ["user"],
      timespan: "90m",
      condition: { gt: 1, lte: 9 },
    },
  };
  const { correlation, diagnostics } = parseCorrelation(document, {
    path: "rule.yml",
    line: 7,
    sha256: "00",
  });
  expect(diagnostics).toEqual([]);
  expect(correlation).toMatchObject({
    kind: "correlation",
    id: document.id,
    name: "guessing",
    title: "Guessing",
    level: "high",
    techniques: ["T1110.001"],
    falsepositives: ["A forgotten password"],
    path: "rule.yml",
    line: 7,
    timespanMs: 5_400_000,
    condition: {
      kind: "threshold",
      bounds: [
        { operator: "gt", value: 1 },
        { operator: "lte", value: 9 },
      ],
    },
    generate: false,
  });
});

describe("hostile documents", () => {
  const base = { type: "temporal", "group-by": ["user"], timespan: "5m" };
  const codesOf = (changes: Record<string, unknown>) =>
    parseCorrelation({ title: "t", correlation: { ...base, ...changes } }, { path: "x" }).diagnostics.map(
      ({ code }) => code,
    );

  test("deep parentheses", () => {
    expect(codesOf({ condition: `${"(".repeat(400)}a${")".repeat(400)}` })).toEqual(["invalid-condition"]);
  });
  test("many nots", () => {
    expect(codesOf({ condition: `${"not ".repeat(900)}a` })).toEqual(["invalid-condition"]);
  });
  test("a long condition", () => {
    expect(codesOf({ condition: "a or ".repeat(100_000) })).toEqual(["invalid-condition"]);
  });
  test("a condition with too many ways to be met in order", () => {
    const pairs = Array.from({ length: 10 }, (_, index) => `(a${index} or b${index})`).join(" and ");
    expect(codesOf({ type: "temporal_ordered", condition: pairs })).toEqual(["condition-too-complex"]);
  });
  test("too many rules", () => {
    expect(codesOf({ rules: Array.from({ length: 1001 }, (_, index) => `r${index}`) })).toEqual([
      "too-many-rules",
    ]);
    expect(
      codesOf({ type: "temporal_ordered", rules: Array.from({ length: 21 }, (_, index) => `r${index}`) }),
    ).toEqual(["too-many-rules"]);
  });
  test("names of object methods are names", () => {
    const { correlation } = parseCorrelation(
      {
        title: "t",
        correlation: {
          ...base,
          rules: ["constructor", "toString"],
          "group-by": ["hasOwnProperty"],
          aliases: { toString: { constructor: "x" } },
        },
      },
      { path: "x" },
    );
    expect(correlation?.rules).toEqual(["constructor", "toString"]);
  });
});
