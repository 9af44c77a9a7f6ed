import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadRules } from "./rules.ts";
import { readYaml } from "./yaml.ts";

const good = `title: Good
id: good
status: stable
level: high
description: What it finds.
author: A. Writer
references: [https://example.org/a]
tags: [attack.execution, attack.t1059.001, attack.T1086, attack.t1059.001, cve.2024-1]
falsepositives: [Administrators]
fields: [CommandLine]
logsource: {Product: ignored, product: Windows, category: Process_Creation}
detection:
  sel: {Image|endswith: \\cmd.exe}
  condition: sel
`;

test("metadata", () => {
  const set = loadRules([{ path: "good.yml", text: good }], { techniqueAliases: { T1086: "T1059.001" } });
  expect(set.diagnostics).toEqual([]);
  const { condition, ...rule } = set.rules[0]!;
  expect(condition).toEqual({
    kind: "field",
    field: "Image",
    tests: [{ op: "endswith", value: "\\cmd.exe" }],
    selection: "sel",
  });
  expect(rule).toEqual({
    kind: "rule",
    id: "good",
    title: "Good",
    level: "high",
    levelStated: true,
    status: "stable",
    description: "What it finds.",
    author: "A. Writer",
    references: ["https://example.org/a"],
    tags: ["attack.execution", "attack.t1059.001", "attack.T1086", "attack.t1059.001", "cve.2024-1"],
    techniques: ["T1059.001"],
    falsepositives: ["Administrators"],
    fields: ["CommandLine"],
    logsource: { product: "windows", category: "process_creation" },
    conditionText: ["sel"],
    filteredBy: [],
    path: "good.yml",
    line: 1,
    sha256: createHash("sha256").update(good).digest("hex"),
  });
});

describe("places", () => {
  test("line and column are those of the file, in every document of it", () => {
    const second = good.replace("id: good", "id: second").replace("Image|endswith", "Image|nonsense");
    const { diagnostics, rules } = loadRules([{ path: "two.yml", text: `${good}---\n${second}` }]);
    expect(rules.map(({ id, line }) => [id, line])).toEqual([["good", 1]]);
    expect(diagnostics).toMatchObject([{ code: "unknown-modifier", file: "two.yml", line: 28, column: 9 }]);
  });

  test("a byte-order mark and Windows line ends change nothing", () => {
    const text = `\ufeff${good.replaceAll("\n", "\r\n")}---\r\n${good.replaceAll("\n", "\r\n").replace("id: good", "id: b")}`;
    const set = loadRules([{ path: "crlf.yml", text }]);
    expect(set.diagnostics).toEqual([]);
    expect(set.rules.map(({ id, line }) => [id, line])).toEqual([
      ["good", 1],
      ["b", 16],
    ]);
  });
});

/** Each line twice the one before. */
function doubling(lines: number): string {
  const line = (_: unknown, at: number) => `k${at}: &a${at} [*a${at - 1}, *a${at - 1}]\n`;
  return ["k0: &a0 [x, x]\n", ...Array.from({ length: lines }, line).slice(1)].join("");
}

/** Each line holds the one before. */
function deepening(lines: number): string {
  const line = (_: unknown, at: number) => `k${at}: &a${at} [*a${at - 1}]\n`;
  return ["k0: &a0 [x]\n", ...Array.from({ length: lines }, line).slice(1)].join("");
}

describe("hostile files", () => {
  const cases: [name: string, text: string, code: string | undefined][] = [
    ["empty", "", undefined],
    ["only comments", "# nothing\n", undefined],
    ["only a marker", "---\n---\n", undefined],
    ["a text", "just text", "not-a-rule"],
    ["a number", "42", "not-a-rule"],
    ["binary", "\u0000\u0001\u0002", "yaml-syntax"],
    ["very deep", `a: ${"[".repeat(20_000)}`, "yaml-too-deep"],
    ["very deep and closed", `a: ${"[".repeat(3000)}${"]".repeat(3000)}`, "yaml-too-deep"],
    ["too long", "a".repeat(5_000_000), "file-too-large"],
    ["key called __proto__", "__proto__: {title: x}\n", "not-a-rule"],
    ["the same key twice", "a: 1\na: 2\n", "duplicate-key"],
    ["two documents without a marker", "a: 1\n...\nb: 2\n", "yaml-syntax"],
    ["alias to nothing", "a: *b\n", "yaml-syntax"],
    ["aliases that double", doubling(30), "yaml-too-large"],
    ["aliases that go deep", deepening(60), "yaml-too-deep"],
    ["key that is a list", "? [a, b]\n: c\n", "yaml-key"],
  ];
  test.each(cases)("%s", (_name, text, code) => {
    const set = loadRules([
      { path: "bad.yml", text },
      { path: "good.yml", text: good },
    ]);
    expect(set.diagnostics.map((each) => each.code)).toEqual(code === undefined ? [] : [code]);
    expect(set.rules).toHaveLength(1);
  });

  test("many keys are read in linear time", () => {
    const text = Array.from({ length: 30_000 }, (_, at) => `k${at}: v\n`).join("");
    const started = performance.now();
    expect(readYaml("keys.yml", text).diagnostics).toEqual([]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("any text gives rules or diagnostics, never an exception", () => {
    const piece = fc.constantFrom(
      good,
      "---\n",
      "detection:\n",
      "  a: *x\n",
      "&x ",
      "[",
      "}",
      "? ",
      "- ",
      "!!binary x",
      "|\n",
      "'",
      "\t",
      "correlation: {}\n",
      "filter: {}\n",
      "action: global\n",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 10 })), { maxLength: 12 }), (parts) => {
        const set = loadRules([{ path: "any.yml", text: parts.join("") }]);
        for (const each of set.diagnostics) expect(each.file).toBe("any.yml");
      }),
      { numRuns: 500 },
    );
  });
});
