import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compileMatcher, defaultTaxonomy, flatEvent, loadRules } from "../../src/index.ts";
import { type ConformanceCase, type ConformanceRow, matchesOf, ruleTextOf } from "./harness.ts";

const folder = new URL("./", import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".yml") && !name.startsWith("correlation"))
  .sort();

for (const file of files) {
  const cases = parse(readFileSync(new URL(file, folder), "utf8")) as ConformanceCase[];
  describe(file, () => {
    for (const each of cases) describe(`${each.name} (${each.spec})`, () => check(each));
  });
}

function check(each: ConformanceCase): void {
  if (each.refused !== undefined) {
    test(`is refused: ${each.refused}`, () => {
      const set = loadRules([{ path: "rule.yml", text: ruleTextOf(each) }], each.options ?? {});
      const errors = set.diagnostics.filter(({ severity }) => severity === "error");
      expect(set.rules).toEqual([]);
      expect(errors.map(({ code }) => code)).toEqual([each.refused]);
      expect(errors[0]!.line).toBeGreaterThan(0);
      if (each.line !== undefined) expect(errors[0]!.line).toBe(each.line);
    });
    return;
  }
  if (each.warns !== undefined) {
    test(`warns: ${each.warns.join(", ")}`, () => {
      const set = loadRules([{ path: "rule.yml", text: ruleTextOf(each) }], each.options ?? {});
      expect(set.diagnostics.map(({ code }) => code)).toEqual(each.warns);
    });
  }
  test.each((each.rows ?? []) as ConformanceRow[])("%s", (_name, fields, expected, source, raw) => {
    const { matcher, oracle } = matchesOf(each, fields, source, raw);
    expect(matcher).toEqual(typeof expected === "boolean" ? (expected ? ["rule"] : []) : expected);
    // The matcher's guards and caches must never differ from the plain evaluation.
    expect(matcher).toEqual(oracle);
  });
}

test("an empty rule set matches nothing", () => {
  expect(compileMatcher({ rules: [] }, defaultTaxonomy).match(flatEvent({ a: 1 }, {}))).toEqual([]);
});
