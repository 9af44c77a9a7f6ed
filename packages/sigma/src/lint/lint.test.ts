import { describe, expect, test } from "vitest";
import { lintRules } from "./lint.ts";

function rule(detection: string, more = "id: 6d1b7a8e-0000-4000-8000-000000000001\nlevel: low"): string {
  return `title: R\n${more}\nlogsource: {product: windows, category: process_creation}\ndetection:\n${detection}`;
}

const cases: [name: string, text: string, expected: string[]][] = [
  ["nothing to say", rule("  a: {CommandLine: x}\n  condition: a\n"), []],
  [
    "no level, no id",
    rule("  a: {CommandLine: x}\n  condition: a\n", "status: test"),
    ["missing-id", "missing-level"],
  ],
  ["unknown modifier", rule("  a: {CommandLine|like: x}\n  condition: a\n"), ["unknown-modifier"]],
  ["field in other case", rule("  a: {commandline: x}\n  condition: a\n"), ["unknown-field"]],
  ["field with swapped letters", rule("  a: {CommnadLine: x}\n  condition: a\n"), ["unknown-field"]],
  ["unusual field", rule("  a: {SomethingElse: x}\n  condition: a\n"), []],
  ["excluded itself", rule("  a: {CommandLine: x}\n  condition: a and not a\n"), ["never-true"]],
  [
    "excluded in both branches",
    rule("  a: {Image: x}\n  b: {User: y}\n  condition: (a or b) and not a and not b\n"),
    ["never-true"],
  ],
  ["excluded in one branch", rule("  a: {Image: x}\n  b: {User: y}\n  condition: (a or b) and not a\n"), []],
  ["event id of another category", rule("  a: {EventID: 4624}\n  condition: a\n"), ["never-true"]],
  ["event id of the category", rule("  a: {EventID: 4688}\n  condition: a\n"), []],
  [
    "two providers",
    rule("  a: {Provider_Name: x}\n  b: {Provider_Name: y}\n  condition: a and b\n"),
    ["never-true"],
  ],
  ["two values of a list field", rule("  a: {Data: x}\n  b: {Data: y}\n  condition: a and b\n"), []],
  ["timeframe", rule("  a: {Image: x}\n  timeframe: 5m\n  condition: a\n"), ["deprecated-timeframe"]],
  ["flag inside the pattern", rule("  a: {Image|re: '(?i)x'}\n  condition: a\n"), ["deprecated-inline-flag"]],
  ["star in contains", rule("  a: {Image|contains: '*x*'}\n  condition: a\n"), ["needless-wildcard"]],
  ["escaped star in contains", rule("  a: {Image|contains: 'x\\*'}\n  condition: a\n"), []],
  ["syntax error", "a: [", ["yaml-syntax"]],
];

test.each(cases)("%s", (_name, text, expected) => {
  const found = lintRules([{ path: "rule.yml", text }]);
  expect(found.map(({ code }) => code).sort()).toEqual(expected);
  for (const { file, line, column } of found) {
    expect(file).toBe("rule.yml");
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
  }
});

describe("metadata and filters", () => {
  test("an old technique, a tag with underscores and an old date are located", () => {
    const more = "id: a\nlevel: low\ndate: 2021/02/03\ntags:\n  - attack.t1086\n  - attack.defense_evasion\n";
    const text = rule("  a: {Image: x}\n  condition: a\n", more);
    const found = lintRules([{ path: "r.yml", text }], { techniqueAliases: { T1086: "T1059.001" } });
    expect(found.map(({ code, line }) => [code, line])).toEqual([
      ["deprecated-date", 4],
      ["old-technique", 6],
      ["deprecated-tag", 7],
    ]);
    expect(found[1]!.next).toBe("Write attack.t1059.001.");
  });

  test("a filter without not is reported loudly", () => {
    const text = `${rule("  a: {Image: x}\n  condition: a\n")}---
title: F
id: f
level: low
logsource: {product: windows, category: process_creation}
filter:
  rules: any
  known: {User: svc}
  condition: known
`;
    const found = lintRules([{ path: "r.yml", text }]);
    expect(found.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ["filter-without-not", "warning", 16],
    ]);
  });
});
