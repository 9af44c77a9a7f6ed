import { describe, expect, test } from "vitest";
import { loadRules } from "./rules.ts";
import { deserialiseRuleSet, ruleSetKey, serialiseRuleSet } from "./serialise.ts";

const text = `title: R
id: r
logsource: {category: test}
detection:
  a: {F|contains|windash: [-a, "é😀"], G|cidr: "::1", H|re|i: x, I: null, J|exists: false, K|hour|gt: 4, L|neq: 1}
  k: [keyword]
  condition: a or not k
---
title: Broken
`;
const sources = [{ path: "r.yml", text }];

test("a set read back is the set", () => {
  const set = loadRules(sources);
  expect(set.rules).toHaveLength(1);
  expect(set.diagnostics).not.toEqual([]);
  const key = ruleSetKey(sources);
  const serialised = serialiseRuleSet(set, key);
  expect(serialised).toMatch(/^[\0-\x7f]*$/);
  expect(deserialiseRuleSet(serialised, key)).toEqual(set);
});

describe("what is not a cache of the key", () => {
  const good = serialiseRuleSet(loadRules(sources), "key");
  test.each([
    ["another key", good, "other"],
    ["empty", "", "key"],
    ["cut", good.slice(0, -10), "key"],
    ["another version", good.replace("firebreak-sigma/1", "firebreak-sigma/0"), "key"],
    ["null", "null", "key"],
    ["a list", "[]", "key"],
    ["lists missing", '{"format":"firebreak-sigma/1","key":"key"}', "key"],
  ])("%s", (_name, cache, key) => {
    expect(deserialiseRuleSet(cache, key)).toBeUndefined();
  });
});

test("the key tells texts, paths, order and options apart", () => {
  const a = { path: "a.yml", text: "one" };
  const b = { path: "b.yml", text: "two" };
  const keys = [
    ruleSetKey([]),
    ruleSetKey([a]),
    ruleSetKey([a, b]),
    ruleSetKey([b, a]),
    ruleSetKey([{ path: "a.yml", text: "onf" }]),
    ruleSetKey([{ path: "c.yml", text: "one" }]),
    ruleSetKey([a], { minLevel: "high" }),
    ruleSetKey([a], { placeholders: { x: ["1"] } }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(ruleSetKey([a], { minLevel: "low", products: ["x"] })).toBe(
    ruleSetKey([a], { products: ["x"], minLevel: "low" }),
  );
});
